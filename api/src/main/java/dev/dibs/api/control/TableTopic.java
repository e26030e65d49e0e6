package dev.dibs.api.control;

import dev.dibs.codec.UndecodableRecordException;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A compacted topic and what its values are.
 *
 * @param name of the topic, which is in {@link dev.dibs.topics.Topics}
 * @param putType the CloudEvent's type of a record that puts a value, such as {@code UserBlocked}
 * @param removedType the type of a record that deletes one
 * @param expiresAt epoch milliseconds from which a value means nothing any more and is forgotten; the topic may keep it
 *     for longer
 */
public record TableTopic<V>(
        String name,
        String putType,
        String removedType,
        Function<V, byte[]> encode,
        Decoder<V> decode,
        ToLongFunction<V> expiresAt) {

    /** Reads a value. */
    @FunctionalInterface
    public interface Decoder<V> {
        V decode(byte[] value) throws UndecodableRecordException;
    }

    public TableTopic {
        if (name == null || putType == null || removedType == null) {
            throw new IllegalArgumentException("a table's topic has a name, and names for what its records say");
        }
        if (encode == null || decode == null || expiresAt == null) {
            throw new IllegalArgumentException("a table's topic says how its values are written, read and forgotten");
        }
    }
}
