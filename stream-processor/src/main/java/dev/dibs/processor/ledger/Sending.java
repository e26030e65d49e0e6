package dev.dibs.processor.ledger;

import dev.dibs.codec.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** When, and by which instance of the API, the record was sent to the log that is being folded. */
public final class Sending {
    private static final int LONGEST = 64;

    private long at;
    private String instance = "";
    /** Of the record before, which most often came from the same instance. */
    private byte[] source = new byte[0];

    /** @param sentAt epoch milliseconds */
    public void begin(long sentAt, Headers headers) {
        at = sentAt;
        Header header = headers.lastHeader(CloudEventHeaders.SOURCE);
        byte[] found = header == null || header.value() == null ? new byte[0] : header.value();
        if (!Arrays.equals(found, source)) {
            source = found;
            String text = new String(found, StandardCharsets.UTF_8);
            String last = text.substring(text.lastIndexOf('/') + 1);
            instance = last.substring(0, Math.min(last.length(), LONGEST));
        }
    }

    /** Epoch milliseconds. */
    public long at() {
        return at;
    }

    /** The instance's id; empty where the record does not say it. */
    public String instance() {
        return instance;
    }
}
