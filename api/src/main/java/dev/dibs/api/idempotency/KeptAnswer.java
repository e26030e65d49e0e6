package dev.dibs.api.idempotency;

import java.util.Map;

/**
 * What a call was answered.
 *
 * @param headers those that are part of the answer and not of its transport
 * @param body null where it was too large to be kept, or of unknown size
 */
record KeptAnswer(int status, Map<String, String> headers, byte[] body) {
    /** Answers to operators are far smaller; even one that lists a hundred bad rows is. */
    static final int MAX_BYTES = 64 * 1024;

    KeptAnswer {
        headers = Map.copyOf(headers);
        if (body != null && body.length > MAX_BYTES) {
            throw new IllegalArgumentException("an answer of " + body.length + " bytes is not kept");
        }
    }

    boolean isWhole() {
        return body != null;
    }

    @Override
    public String toString() {
        return "KeptAnswer[status=" + status + "]";
    }
}
