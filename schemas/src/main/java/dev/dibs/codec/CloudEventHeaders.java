package dev.dibs.codec;

import dev.dibs.events.TicketEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/**
 * Attributes of CloudEvents 1.0 in binary content mode: headers {@code ce_*} beside a JSON value (CloudEvents Kafka
 * protocol binding 1.0.2, section 3.2).
 */
public final class CloudEventHeaders {
    /** Before the name of every attribute. */
    public static final String PREFIX = "ce_";
    /** Names who wrote a record. */
    public static final String SOURCE = PREFIX + "source";
    /** Says what the value is; the one attribute without the prefix. */
    public static final String CONTENT_TYPE = "content-type";

    static final String JSON = "application/json";

    private static final byte[] SPEC_VERSION = bytes("1.0");
    private static final String TYPE_PREFIX = "dev.dibs.";
    /** The years 0000 to 9999: RFC 3339, which the attribute is written by, knows no others. */
    private static final long FIRST_TIME = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

    private static final long LAST_TIME =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private CloudEventHeaders() {}

    /** @param source who wrote it, a URI reference such as {@code /dibs/api/a1} */
    public static void write(Headers headers, TicketEvent event, String source) {
        write(headers, event.eventId().toString(), event.getClass().getSimpleName(), source, event.occurredAt());
    }

    /**
     * @param id unique among the records of this source
     * @param type simple name of what the value is
     * @param time epoch milliseconds
     */
    public static void write(Headers headers, String id, String type, String source, long time) {
        write(headers, id, typeOf(type), bytes(source), bytes(JSON));
        writeTime(headers, time);
    }

    /** As they go over the wire, so that what is the same in many records is made once. */
    static void write(Headers headers, String id, byte[] type, byte[] source, byte[] contentType) {
        headers.add(PREFIX + "specversion", SPEC_VERSION);
        headers.add(PREFIX + "id", bytes(id));
        headers.add(PREFIX + "type", type);
        headers.add(SOURCE, source);
        headers.add(CONTENT_TYPE, contentType);
    }

    /** Leaves it out where no such time can be written: a clock that is wrong must not make a record unreadable. */
    static void writeTime(Headers headers, long time) {
        if (time >= FIRST_TIME && time <= LAST_TIME) {
            headers.add(PREFIX + "time", bytes(Instant.ofEpochMilli(time).toString()));
        }
    }

    static byte[] typeOf(String simpleName) {
        return bytes(TYPE_PREFIX + simpleName);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
