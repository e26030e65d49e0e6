package dev.dibs.standalone.operator;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator's calls about activities. */
public final class Activities {
    /** Longer than a server waits for the servers that sell. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final OperatorClient operator;
    private final JsonMapper json = new JsonMapper();

    public Activities(OperatorClient operator) {
        this.operator = operator;
    }

    public JsonNode all() {
        return operator.activities();
    }

    public JsonNode get(String activityId) {
        return operator.activity(activityId);
    }

    /**
     * Changes the fields that the document names, and no others.
     *
     * @param version for which the change is meant; empty where any will do
     */
    public JsonNode change(String activityId, String contentType, byte[] document, OptionalLong version) {
        return send(
                "PATCH", OperatorClient.path(activityId), BodyPublishers.ofByteArray(document), contentType, version);
    }

    /** Leads it to another state. @param step such as {@code pause} */
    public JsonNode step(String activityId, String step, OptionalLong version) {
        String path = OperatorClient.path(activityId) + "/" + step;
        return send("POST", path, BodyPublishers.noBody(), "application/json", version);
    }

    /** Moves the end of the sale to this time. */
    public JsonNode extendUntil(String activityId, Instant end, OptionalLong version) {
        byte[] document = json.writeValueAsBytes(Map.of("end_time", end.getEpochSecond()));
        String path = OperatorClient.path(activityId) + "/extend";
        return send("POST", path, BodyPublishers.ofByteArray(document), "application/json", version);
    }

    /** Moves the end of the sale by so much. It is moved once, also if an answer is lost and this is done again. */
    public JsonNode extendBy(String activityId, Duration time, OptionalLong version) {
        JsonNode now = get(activityId);
        Instant end = Instant.ofEpochSecond(now.path("end_time").asLong()).plus(time);
        return extendUntil(
                activityId,
                end,
                version.isPresent()
                        ? version
                        : OptionalLong.of(now.path("version").asLong()));
    }

    private JsonNode send(String method, String path, BodyPublisher body, String contentType, OptionalLong version) {
        return operator.json(
                version.isPresent()
                        ? operator.call(
                                method,
                                path,
                                body,
                                ANSWER,
                                "Content-Type",
                                contentType,
                                "If-Match",
                                "\"" + version.getAsLong() + "\"")
                        : operator.call(method, path, body, ANSWER, "Content-Type", contentType));
    }
}
