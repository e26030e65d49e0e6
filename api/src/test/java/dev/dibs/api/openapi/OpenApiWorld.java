package dev.dibs.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ApiApplication;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.documents.Documents;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The whole service on real servers, and sales in it. */
final class OpenApiWorld implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JSON = "application/json";

    final ConfigurableApplicationContext api;
    final RawHttp http;
    final ApiDocument document;

    OpenApiWorld(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--dibs.port=0",
                "--dibs.kafka=" + TestServers.kafka(),
                "--dibs.redis=" + TestServers.redis(),
                "--dibs.mongodb=" + TestServers.mongodb(),
                "--dibs.database=" + Documents.DATABASE,
                "--dibs.partitions=" + TestTopics.PARTITIONS,
                "--dibs.jwt.secret=not-a-secret-but-long-enough-for-tests"));
        arguments.addAll(List.of(more));
        api = ApiApplication.builder().run(arguments.toArray(String[]::new));
        http = new RawHttp(Integer.parseInt(api.getEnvironment().getProperty("local.server.port")));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api.getBean(LedgerView.class).isCaughtUp());
        document = new ApiDocument(
                send(Request.of("GET", "/openapi.json", null, null, "")).json());
    }

    Answer send(Request request) {
        try {
            return http.send(request.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        }
    }

    String operator() {
        return token(TestIds.user("operator"), Role.ALL);
    }

    String token(UserId user, Set<String> roles) {
        return api.getBean(Tokens.class).issue(user, roles);
    }

    /** A draft with three codes. */
    String draft() {
        String id = TestIds.activity("openapi").value();
        admin(201, "", JSON, activity(id));
        admin(200, "/" + id + "/codes", "text/csv", codes(id));
        return id;
    }

    /** The code that the first grab wins. */
    static String firstCode(String id) {
        return id.toUpperCase(Locale.ROOT) + "-1";
    }

    private static String codes(String id) {
        String prefix = id.toUpperCase(Locale.ROOT);
        return "code,ticket\n" + prefix + "-1,standard\n" + prefix + "-2,standard\n" + prefix + "-3,standard\n";
    }

    static String activity(String id) {
        return """
                {"id": "%s", "name": "Night", "start_time": 1735704000, "end_time": 4102415999, "tickets": [
                {"kind": "standard", "name": "Seat", "start_time": 1735704000, "end_time": 4105007999}]}""".formatted(id);
    }

    /** An activity that is on sale. */
    String published() {
        String id = draft();
        change(id, "publish");
        return id;
    }

    void change(String id, String how) {
        admin(200, "/" + id + "/" + how, null, "");
    }

    private void admin(int status, String path, String type, String body) {
        Answer answer = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> send(Request.of("POST", "/admin/activities" + path, operator(), type, body)),
                        given -> given.status() != 503);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    void block(String what, String whom) {
        Answer answer =
                send(Request.of("POST", "/admin/blocks", operator(), JSON, "{\"%s\": \"%s\"}".formatted(what, whom)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    /** @return the ticket that the user has won */
    JsonNode grab(String id, String token) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> send(Request.of("GET", "/ticket/get?actId=" + id + "&requestId=r1", token, null, "")),
                        given -> given.status() == 200)
                .json()
                .get("data");
    }

    /** @return the answer of a new account's registration */
    Answer register(String account) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> send(Request.of(
                                "POST",
                                "/user/register",
                                null,
                                JSON,
                                "{\"account\": \"%s\", \"password\": \"correct-horse\"}".formatted(account))),
                        given -> given.status() == 200);
    }

    @Override
    public void close() {
        api.close();
    }

    /** @param headers beyond Host, Content-Length and Connection */
    record Request(String method, String target, Map<String, String> headers, byte[] body) {
        static Request of(String method, String target, String token, String type, String body) {
            Map<String, String> headers = new java.util.LinkedHashMap<>();
            if (token != null) {
                headers.put("Authorization", "Bearer " + token);
            }
            if (type != null) {
                headers.put("Content-Type", type);
            }
            return new Request(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
        }

        byte[] bytes() {
            StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: dibs\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            if (body.length > 0 || method.equals("POST")) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            head.append("Connection: close\r\n\r\n");
            byte[] start = head.toString().getBytes(StandardCharsets.UTF_8);
            byte[] bytes = java.util.Arrays.copyOf(start, start.length + body.length);
            System.arraycopy(body, 0, bytes, start.length, body.length);
            return bytes;
        }

        @Override
        public String toString() {
            return new String(bytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
