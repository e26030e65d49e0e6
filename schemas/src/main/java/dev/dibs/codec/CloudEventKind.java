package dev.dibs.codec;

import org.apache.kafka.common.header.Headers;

/** What the CloudEvents of one kind from one writer have in common, turned into bytes once. */
public final class CloudEventKind {
    private static final byte[] JSON = CloudEventHeaders.bytes(CloudEventHeaders.JSON);
    private static final byte[] BYTES = CloudEventHeaders.bytes("application/octet-stream");

    private final byte[] type;
    private final byte[] source;
    private final byte[] contentType;

    private CloudEventKind(String type, String source, byte[] contentType) {
        this.type = CloudEventHeaders.typeOf(type);
        this.source = CloudEventHeaders.bytes(source);
        this.contentType = contentType;
    }

    /**
     * Whose values are JSON.
     *
     * @param type simple name of what the value is
     * @param source who writes it, a URI reference within which ids are unique
     */
    public static CloudEventKind ofJson(String type, String source) {
        return new CloudEventKind(type, source, JSON);
    }

    /** Whose values are bytes that nobody has understood. */
    public static CloudEventKind ofBytes(String type, String source) {
        return new CloudEventKind(type, source, BYTES);
    }

    /** Of what has no time of its own, such as a sum. */
    public void write(Headers headers, String id) {
        CloudEventHeaders.write(headers, id, type, source, contentType);
    }

    /** @param time when it happened, epoch milliseconds; left out where it is in no year that can be written */
    public void write(Headers headers, String id, long time) {
        write(headers, id);
        CloudEventHeaders.writeTime(headers, time);
    }
}
