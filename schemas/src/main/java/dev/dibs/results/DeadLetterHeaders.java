package dev.dibs.results;

import dev.dibs.codec.CloudEventHeaders;

/**
 * Headers of {@code dibs.dead-letters}: where a record came from and why it is there, as UTF-8 text. The record's own
 * key, value and headers are kept beside them. A dead letter is a CloudEvent itself, whatever the record was; what the
 * record had under names that a dead letter needs stands under longer names.
 */
public final class DeadLetterHeaders {
    /** Before the names of all that only a dead letter has. */
    public static final String PREFIX = "dibs_";
    /** Before the name of a header that the record had where a dead letter has one of its own. */
    public static final String OF_RECORD = "dibs_record_";

    public static final String TOPIC = "dibs_topic";
    public static final String PARTITION = "dibs_partition";
    public static final String OFFSET = "dibs_offset";
    public static final String ERROR = "dibs_error";
    /** How many bytes the value had; only where it was too long to be kept whole. */
    public static final String VALUE_BYTES = "dibs_value_bytes";

    private DeadLetterHeaders() {}

    /** Under which name a header of the record is kept. */
    public static String kept(String name) {
        boolean taken = name.startsWith(CloudEventHeaders.PREFIX)
                || name.startsWith(PREFIX)
                || name.equals(CloudEventHeaders.CONTENT_TYPE);
        return taken ? OF_RECORD + name : name;
    }
}
