package dev.dibs.audit;

/** One line of the audit. */
public enum Check {
    CODES(Promise.G1, "no code issued twice"),
    LIMIT(Promise.G2, "no user above the limit"),
    REDIS(Promise.G4, "no code stranded"),
    MONGODB(Promise.G5, "MongoDB equals the log"),
    RESULTS(Promise.G5, "the result topic equals the log"),
    STATISTICS(Promise.G5, "the statistics equal the log"),
    CSV(Promise.G5, "the CSV equals the log");

    private final Promise promise;
    private final String title;

    Check(Promise promise, String title) {
        this.promise = promise;
        this.title = title;
    }

    public Promise promise() {
        return promise;
    }

    /** What holds if nothing is found. */
    public String title() {
        return title;
    }
}
