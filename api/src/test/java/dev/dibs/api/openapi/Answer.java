package dev.dibs.api.openapi;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server answered.
 *
 * @param headers by their names in lower case
 * @param body its first part, where it goes on without end
 */
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final JsonMapper JSON = new JsonMapper();

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    /** Without parameters; empty where there is none. */
    String mediaType() {
        return headers.getOrDefault("content-type", "")
                .replaceAll(";.*", "")
                .trim()
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return status + " " + headers + "\n" + text();
    }
}
