package dev.dibs.api.blocks;

import dev.dibs.api.ApiApplication;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestIds;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Instances of the API behind a proxy that is trusted, which the test plays: it says where a request comes from. */
final class AbuseWorld implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String BEHIND_PROXY = "--dibs.trusted-proxies=127.0.0.1";

    private static final JsonMapper JSON = new JsonMapper();

    /** One instance. */
    record Instance(ConfigurableApplicationContext context, URI url) {}

    /** What was answered. */
    record Reply(int status, String retryAfter, String text) {
        JsonNode json() {
            return JSON.readTree(text);
        }

        int ret() {
            return json().path("ret").asInt(Integer.MIN_VALUE);
        }

        boolean isBlocked() {
            return ret() == -8 && text.contains("blocked");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Instance> instances = new ArrayList<>();

    Instance start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--dibs.port=0",
                "--dibs.kafka=" + TestServers.kafka(),
                "--dibs.redis=" + TestServers.redis(),
                "--dibs.mongodb=" + TestServers.mongodb(),
                "--dibs.database=" + Documents.DATABASE,
                "--dibs.partitions=" + TestTopics.PARTITIONS,
                "--dibs.rate.offence.refusals=5",
                // A grab that is asked once is to be decided, however slow this machine is at the moment.
                "--dibs.grab.claim-timeout=30s",
                "--dibs.grab.verdict-timeout=30s",
                "--dibs.jwt.secret=not-a-secret-but-long-enough-for-tests"));
        arguments.addAll(Arrays.asList(settings));
        ConfigurableApplicationContext context = ApiApplication.builder().run(arguments.toArray(String[]::new));
        Instance instance = new Instance(
                context,
                URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")));
        instances.add(instance);
        return instance;
    }

    void stop(Instance instance) {
        instances.remove(instance);
        instance.context().close();
    }

    /** An activity on sale, set up over HTTP. */
    ActivityId onSale(Instance instance, int stock) {
        return published(instance, stock, Instant.now().getEpochSecond() - 60);
    }

    /** @param start epoch seconds, from when on for an hour it is on sale */
    ActivityId published(Instance instance, int stock, long start) {
        ActivityId id = TestIds.activity("abuse");
        expect(201, operator(instance, "POST", "/admin/activities", "application/json", """
                {"id":"%s","name":"n","start_time":%d,"end_time":%d,
                 "tickets":[{"kind":"seat","name":"s","start_time":%d,"end_time":%d}]}""".formatted(
                        id, start, start + 3_600, start, start + 7_200)));
        String codes = IntStream.range(0, stock)
                .mapToObj(i -> id + "-code-" + i + ",seat\n")
                .collect(Collectors.joining("", "code,ticket\n", ""));
        expect(200, operator(instance, "POST", "/admin/activities/" + id + "/codes", "text/csv", codes));
        expect(200, operator(instance, "POST", "/admin/activities/" + id + "/publish", null, ""));
        return id;
    }

    static void expect(int status, Reply reply) {
        if (reply.status() != status) {
            throw new AssertionError(reply.toString());
        }
    }

    Reply grab(Instance instance, ActivityId activity, String user, String address) {
        return grab(instance, activity, user, address, "");
    }

    Reply grab(Instance instance, ActivityId activity, String user, String address, String request) {
        String path = "/ticket/get?actId=" + activity + (request.isEmpty() ? "" : "&requestId=" + request);
        return send(HttpRequest.newBuilder(instance.url().resolve(path))
                .header("Authorization", "Bearer " + token(instance, user, "buyer"))
                .header("X-Forwarded-For", address));
    }

    /** Grabs until blocked, which takes a handful of grabs. */
    Reply offend(Instance instance, ActivityId activity, String user, String address) {
        return offend(instance, activity, user, address, "");
    }

    Reply offend(Instance instance, ActivityId activity, String user, String address, String request) {
        Reply last = grab(instance, activity, user, address, request);
        for (int i = 0; i < 20 && !last.isBlocked(); i++) {
            last = grab(instance, activity, user, address, request);
        }
        return last;
    }

    Reply operator(Instance instance, String method, String path, String type, String body) {
        return as(instance, "op", Role.OPERATOR, method, path, type, body);
    }

    Reply as(Instance instance, String user, String role, String method, String path, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(instance.url().resolve(path))
                .header("Authorization", "Bearer " + token(instance, user, role))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return send(type == null ? request : request.header("Content-Type", type));
    }

    private static String token(Instance instance, String user, String role) {
        return instance.context().getBean(Tokens.class).issue(new UserId(user), Set.of(role));
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Retry-After").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        instances.forEach(instance -> instance.context().close());
    }
}
