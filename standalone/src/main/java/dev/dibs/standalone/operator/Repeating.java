package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.ProblemException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Calls that carry a requestId, and so can be repeated until a server says what became of them. */
public final class Repeating {
    private static final int ATTEMPTS = 5;
    private static final int UNAVAILABLE = 503;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private Repeating() {}

    /**
     * @throws ProblemException where the server refuses it, in its words, or says nothing in several attempts
     */
    public static JsonNode post(OperatorClient client, String path, Map<String, String> body) {
        for (int attempt = 1; ; attempt++) {
            try {
                return client.post(path, body);
            } catch (RefusedException e) {
                if (e.status() != UNAVAILABLE || attempt == ATTEMPTS) {
                    throw new ProblemException(e.getMessage(), e);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("interrupted", e);
        }
    }
}
