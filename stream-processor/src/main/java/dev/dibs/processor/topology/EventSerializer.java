package dev.dibs.processor.topology;

import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A row as its bytes, and what it is as the attributes of a CloudEvent beside them. It is done here because only here the
 * bytes are known, which the id of a sum is made of.
 */
final class EventSerializer<V> implements Serializer<V> {
    /** Writes the attributes of a row. */
    @FunctionalInterface
    interface Attributes<V> {
        /** @param bytes of the row, as they are written */
        void write(Headers headers, V row, byte[] bytes);
    }

    private final Function<V, byte[]> codec;
    private final Attributes<V> attributes;

    EventSerializer(Function<V, byte[]> codec, Attributes<V> attributes) {
        this.codec = codec;
        this.attributes = attributes;
    }

    @Override
    public byte[] serialize(String topic, V row) {
        return codec.apply(row);
    }

    @Override
    public byte[] serialize(String topic, Headers headers, V row) {
        byte[] bytes = codec.apply(row);
        attributes.write(headers, row, bytes);
        return bytes;
    }
}
