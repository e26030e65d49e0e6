package dev.dibs.benchmarks;

/**
 * What one run of a driver saw.
 *
 * @param requests answers received
 * @param micros how long the run took
 * @param refused answers with an HTTP status of 400 or more
 * @param broken connections and requests that failed or timed out
 * @param p50Micros half of the answers came faster
 * @param p99Micros 99 of 100 answers came faster
 */
public record Measurement(long requests, long micros, long refused, long broken, long p50Micros, long p99Micros) {
    public Measurement {
        if (micros < 1) {
            throw new IllegalArgumentException("micros must be at least 1 but is " + micros);
        }
    }

    public double perSecond() {
        return requests * 1e6 / micros;
    }

    public double p99Millis() {
        return p99Micros / 1e3;
    }

    /** The same run, but only so many of its answers count. */
    Measurement counting(long counted) {
        return new Measurement(Math.min(counted, requests), micros, refused, broken, p50Micros, p99Micros);
    }
}
