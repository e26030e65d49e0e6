package dev.dibs.processor.topology;

import dev.dibs.results.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Makes a dead letter: the record as it was, and headers that say where it came from and what is wrong with it. They are
 * read as a CloudEvent also where the record's own headers are as broken as its value.
 */
final class DeadLetters {
    /**
     * A record may be as long as the broker takes; with more headers it would be longer, be refused, and stop the log.
     * Together these stay below a broker's default of one megabyte.
     */
    private static final int MAX_VALUE = 800_000;

    private static final int MAX_KEY = 50_000;
    private static final int MAX_HEADERS = 50_000;
    private static final int MAX_ERROR = 1_000;
    /** What a header may take beside its name and value: a longer name, and the lengths of both. */
    private static final int HEADER_SIZE = DeadLetterHeaders.OF_RECORD.length() + 8;

    private DeadLetters() {}

    /** @param now epoch milliseconds */
    static Record<byte[], Object> of(Record<byte[], byte[]> record, RecordMetadata origin, Exception error, long now) {
        Headers headers = new RecordHeaders();
        CloudEvents.ofDeadLetter(headers, record, origin);
        if (size(record.headers()) <= MAX_HEADERS) {
            record.headers().forEach(header -> headers.add(DeadLetterHeaders.kept(header.key()), header.value()));
        }
        add(headers, DeadLetterHeaders.TOPIC, origin.topic());
        add(headers, DeadLetterHeaders.PARTITION, Integer.toString(origin.partition()));
        add(headers, DeadLetterHeaders.OFFSET, Long.toString(origin.offset()));
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        add(headers, DeadLetterHeaders.ERROR, message.substring(0, Math.min(message.length(), MAX_ERROR)));
        if (record.value() != null && record.value().length > MAX_VALUE) {
            add(headers, DeadLetterHeaders.VALUE_BYTES, Integer.toString(record.value().length));
        }
        return new Record<>(cut(record.key(), MAX_KEY), cut(record.value(), MAX_VALUE), now, headers);
    }

    private static byte[] cut(byte[] bytes, int length) {
        return bytes == null || bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static int size(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += HEADER_SIZE + header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
