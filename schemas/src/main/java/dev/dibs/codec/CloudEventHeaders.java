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
    private static final byte[] SPEC_VERSION = bytes("1.0");
    private static final byte[] JSON = bytes("application/json");
    private static final String TYPE_PREFIX = "dev.dibs.";

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
        headers.add("ce_specversion", SPEC_VERSION);
        headers.add("ce_id", bytes(id));
        headers.add("ce_type", bytes(TYPE_PREFIX + type));
        headers.add("ce_source", bytes(source));
        headers.add("ce_time", bytes(Instant.ofEpochMilli(time).toString()));
        headers.add("content-type", JSON);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
