package dev.dibs.audit;

/** Something that the audit has to read cannot be read; the message names it, and holds no password. */
public final class AuditSourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What there is to read. */
    public enum Source {
        KAFKA("Kafka"),
        REDIS("Redis"),
        MONGODB("MongoDB"),
        CSV("CSV file");

        private final String title;

        Source(String title) {
            this.title = title;
        }
    }

    private final Source source;

    /** @param where an address or a path, without credentials */
    AuditSourceException(Source source, String where, String problem, Throwable cause) {
        super(source.title + " at " + where + " cannot be read: " + problem, cause);
        this.source = source;
    }

    public Source source() {
        return source;
    }
}
