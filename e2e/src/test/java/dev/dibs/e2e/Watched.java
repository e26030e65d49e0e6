package dev.dibs.e2e;

import dev.dibs.testkit.TestIds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An activity that somebody runs, grabs from and watches at the same time. */
final class Watched {
    static final String ROLE = "member";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int ATTEMPTS = 60;
    private static final int PENDING = 1;
    private static final int SYSTEM_ERROR = -3;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<URI> apis;
    private final String operator;
    private final String id = TestIds.activity("watched").value();

    Watched(List<URI> apis, String operator) {
        this.apis = apis;
        this.operator = operator;
    }

    String id() {
        return id;
    }

    /** Published, known to each instance when this returns, and on sale from then. */
    Watched publish(int stock, long startTime) {
        long endTime = startTime + 7_200;
        operate("POST", "/admin/activities", "application/yaml", """
                id: %s
                name: A sale that is watched
                desc: ""
                image: ""
                start_time: %d
                end_time: %d
                limit_per_user: 1
                required_role: %s
                tickets:
                  - kind: standard
                    name: Standard
                    desc: ""
                    image: ""
                    start_time: %d
                    end_time: %d
                """.formatted(
                        id, startTime, endTime, ROLE, startTime, endTime));
        String codes = IntStream.range(0, stock)
                .mapToObj(i -> id + "-" + i + ",standard")
                .collect(Collectors.joining("\n", "code,ticket\n", "\n"));
        operate("POST", path("/codes"), "text/csv", codes);
        operate("POST", path("/publish"), "application/json", "");
        new Client(apis).awaitPublished(id);
        return this;
    }

    void begin(long startTime) {
        operate("PATCH", path(""), "application/json", "{\"start_time\": " + startTime + "}");
    }

    /** At the first instance at once. */
    void block(String user) {
        String body = JSON.writeValueAsString(
                Map.of("user", user, "reason", "a test", "until", System.currentTimeMillis() / 1_000 + 600));
        operate("POST", "/admin/blocks", "application/json", body);
    }

    void change(String how) {
        operate("POST", path("/" + how), "application/json", "");
    }

    private void operate(String method, String path, String type, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(apis.get(0).resolve(path))
                .header("Authorization", "Bearer " + operator)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body)));
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** @param instance at which of the two */
    Reply grab(int instance, String token, String requestId, String address) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        apis.get(instance).resolve("/ticket/get?actId=" + id + "&requestId=" + requestId))
                .header("Authorization", "Bearer " + token)
                .header("X-Forwarded-For", address));
        return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
    }

    /** The same request again, as clients are told to, while nothing has been decided: a busy machine may say so. */
    Reply settled(int instance, String token, String requestId, String address) {
        Reply reply = grab(instance, token, requestId, address);
        for (int attempt = 1;
                attempt < ATTEMPTS && (reply.ret() == PENDING || reply.ret() == SYSTEM_ERROR);
                attempt++) {
            LockSupport.parkNanos(RETRY.toNanos());
            reply = grab(instance, token, requestId, address);
        }
        return reply;
    }

    JsonNode stats(int instance, String token) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(apis.get(instance).resolve(path("/stats")))
                        .header("Authorization", "Bearer " + token));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("/stats answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private String path(String rest) {
        return "/admin/activities/" + id + rest;
    }

    Stream watch(int instance, String token) throws IOException, InterruptedException {
        return new Stream(http.send(
                HttpRequest.newBuilder(apis.get(instance).resolve(path("/stats/stream")))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofInputStream()));
    }

    /** The events of a stream so far. */
    static final class Stream implements AutoCloseable {
        private final HttpResponse<InputStream> response;
        private final List<JsonNode> events = new CopyOnWriteArrayList<>();
        private volatile IOException broken;

        private Stream(HttpResponse<InputStream> response) {
            this.response = response;
            Thread reader = new Thread(this::read, "watcher");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:")) {
                        events.add(JSON.readTree(line.substring("data:".length())));
                    }
                }
            } catch (IOException e) {
                broken = e;
            }
        }

        List<JsonNode> events() {
            return List.copyOf(events);
        }

        boolean isBroken() {
            return broken != null;
        }

        JsonNode last() {
            return events.isEmpty() ? JSON.createObjectNode() : events.get(events.size() - 1);
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }
}
