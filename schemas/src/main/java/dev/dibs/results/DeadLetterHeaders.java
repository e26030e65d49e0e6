package dev.dibs.results;

/**
 * Headers of {@code dibs.dead-letters}: where a record came from and why it is there, as UTF-8 text. The record's own
 * key, value and headers are kept beside them.
 */
public final class DeadLetterHeaders {
    public static final String TOPIC = "dibs_topic";
    public static final String PARTITION = "dibs_partition";
    public static final String OFFSET = "dibs_offset";
    public static final String ERROR = "dibs_error";
    /** How many bytes the value had; only where it was too long to be kept whole. */
    public static final String VALUE_BYTES = "dibs_value_bytes";

    private DeadLetterHeaders() {}
}
