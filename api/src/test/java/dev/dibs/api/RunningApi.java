package dev.dibs.api;

import dev.dibs.api.verdict.LedgerView;
import dev.dibs.documents.Documents;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One whole instance of the API on the servers of the tests, and whoever calls it over HTTP. */
public final class RunningApi implements AutoCloseable {
    public static final String SECRET = "only-for-tests-0123456789-0123456789";
    public static final String ADMIN_PASSWORD = "operators-password-for-tests";
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final URI base;

    private RunningApi(ConfigurableApplicationContext context) {
        this.context = context;
        this.base = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** @param settings beside those that every instance needs */
    public static RunningApi start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--dibs.port=0",
                "--dibs.kafka=" + TestServers.kafka(),
                "--dibs.redis=" + TestServers.redis(),
                "--dibs.mongodb=" + TestServers.mongodb(),
                "--dibs.database=" + Documents.DATABASE,
                "--dibs.partitions=" + TestTopics.PARTITIONS,
                "--dibs.jwt.secret=" + SECRET,
                "--dibs.admin.password=" + ADMIN_PASSWORD));
        arguments.addAll(List.of(settings));
        RunningApi api = new RunningApi(ApiApplication.builder().run(arguments.toArray(String[]::new)));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api.bean(LedgerView.class).isCaughtUp());
        return api;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** A request to this instance; the token may be null. */
    public HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> get(String path, String token) {
        return send(request(path, token).GET());
    }

    public HttpResponse<String> post(String path, String token, String type, String body) {
        return send(request(path, token).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    /** As {@code account=…&password=…}, until the machine has time for the password. */
    public HttpResponse<String> form(String path, String body) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> post(path, null, "application/x-www-form-urlencoded", body),
                        answer -> answer.statusCode() != 503);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request.build(), BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new IllegalStateException(request.uri() + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** What a buyer's answer says. */
    public static int ret(HttpResponse<String> response) {
        return json(response).get("ret").intValue();
    }

    /** A field of a buyer's answer. */
    public static String data(HttpResponse<String> response, String field) {
        return json(response).get("data").get(field).stringValue();
    }

    @Override
    public void close() {
        context.close();
    }
}
