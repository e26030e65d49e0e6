package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An id as bytes that are equal if and only if MongoDB takes the ids for equal, and that sort without being decoded:
 * the BSON type, then the value. Numbers are one type whatever they are stored as, so 1, 1L and 1.0 are the same id.
 * Texts, numbers and dates sort by value; of other types only that the order is always the same.
 */
final class DocumentKey implements Comparable<DocumentKey> {
    private static final byte NUMBER = BsonConstants.TYPE_DOUBLE;

    private final byte[] bytes;

    private DocumentKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static DocumentKey of(Object id) {
        if (id instanceof String text) {
            return of(text);
        }
        Object value = new KeyValue(id).normalized().get(0);
        if (value instanceof Double number) {
            return new DocumentKey(start(NUMBER, Long.BYTES)
                    .putLong(sortable(number.doubleValue()))
                    .array());
        }
        if (value instanceof Long exact) {
            // No double is this number: it stands behind the nearest one and is longer, so that it equals none.
            return new DocumentKey(start(NUMBER, 2 * Long.BYTES)
                    .putLong(sortable(exact.doubleValue()))
                    .putLong(sortable(exact))
                    .array());
        }
        byte type = BsonEncoder.determineType(value);
        byte[] content = value instanceof Instant date
                ? ByteBuffer.allocate(Long.BYTES)
                        .putLong(sortable(date.toEpochMilli()))
                        .array()
                : DocumentBytes.encodeValue(type, value);
        return new DocumentKey(start(type, content.length).put(content).array());
    }

    private static DocumentKey of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new DocumentKey(
                start(BsonConstants.TYPE_UTF8_STRING, utf8.length).put(utf8).array());
    }

    /** A key as it was stored. */
    static DocumentKey ofBytes(byte[] bytes) {
        return new DocumentKey(bytes);
    }

    private static ByteBuffer start(byte type, int length) {
        return ByteBuffer.allocate(1 + length).put(type);
    }

    /** Unsigned, byte by byte, these sort like the signed number. */
    private static long sortable(long number) {
        return number ^ Long.MIN_VALUE;
    }

    private static long sortable(double number) {
        long bits = Double.doubleToLongBits(number);
        return sortable(bits ^ (bits >> 63 & Long.MAX_VALUE));
    }

    /** Not a copy: nobody changes it. */
    byte[] bytes() {
        return bytes;
    }

    /** As the file sorts them. */
    @Override
    public int compareTo(DocumentKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DocumentKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
