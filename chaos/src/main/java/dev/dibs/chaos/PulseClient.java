package dev.dibs.chaos;

import dev.dibs.chaos.cluster.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The few calls that a pulse needs. */
final class PulseClient {
    private static final Duration OPERATOR_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration BUYER_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(60);
    private static final Duration TOKENS = Duration.ofHours(12);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final JsonMapper json = new JsonMapper();
    private final Targets targets;

    PulseClient(Targets targets) {
        this.targets = targets;
    }

    /** Opens a sale, before anything is broken. */
    void open(String activityId, int codes, Duration lasts) {
        String token = json.readTree(operate(
                        "/user/login",
                        "application/x-www-form-urlencoded",
                        "account=admin&password=" + targets.adminPassword(),
                        ""))
                .path("data")
                .path("token")
                .stringValue();
        long from = Instant.now().getEpochSecond() - 1;
        long to = from + lasts.toSeconds();
        String window = "\"start_time\":" + from + ",\"end_time\":" + to;
        String activity = "{\"id\":\"%s\",\"name\":\"Pulse\",%s,\"tickets\":[{\"kind\":\"seat\",\"name\":\"Seat\",%s}]}"
                .formatted(activityId, window, window);
        operate("/admin/activities", "application/json", activity, token);
        StringBuilder csv = new StringBuilder("code\n");
        for (int i = 0; i < codes; i++) {
            csv.append(activityId).append('-').append(i).append('\n');
        }
        operate("/admin/activities/" + activityId + "/codes", "text/csv", csv.toString(), token);
        Patience.require("Publishing " + activityId, PUBLISHED_WITHIN, () -> isPublished(activityId, token));
    }

    /** Publishing takes effect once the instances have followed; until then it is answered 503, and repeated. */
    private boolean isPublished(String activityId, String token) {
        HttpResponse<String> answer =
                post("/admin/activities/" + activityId + "/publish", "application/json", "", token);
        return answer.statusCode() == OK;
    }

    private String operate(String path, String contentType, String body, String token) {
        HttpResponse<String> answer = post(path, contentType, body, token);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> post(String path, String contentType, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        targets.apis().get(0).resolve(path))
                .timeout(OPERATOR_TIMEOUT)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(path + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** One call of a buyer; empty where there is no answer, or none that can be read. */
    Optional<JsonNode> get(URI api, String path, String user) {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(BUYER_TIMEOUT)
                .header(
                        "Authorization",
                        "Bearer "
                                + BuyerToken.of(user, targets.tokenKey(), TOKENS)
                                        .text())
                .build();
        try {
            return Optional.of(
                    json.readTree(http.send(request, BodyHandlers.ofString()).body()));
        } catch (IOException | JacksonException e) {
            // Whoever holds the other end is down, held, or cut off: what is tested.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
