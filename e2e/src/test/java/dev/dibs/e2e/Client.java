package dev.dibs.e2e;

import static org.awaitility.Awaitility.await;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Buyers and operators as programs over HTTP, spread over all instances of the API. */
final class Client {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(60);

    private final HttpClient http;
    private final List<URI> apis;
    private final AtomicInteger next = new AtomicInteger();

    Client(List<URI> apis) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .build(),
                apis);
    }

    private Client(HttpClient http, List<URI> apis) {
        this.http = http;
        this.apis = apis;
    }

    /** One for each instance. */
    List<Client> each() {
        return apis.stream().map(api -> new Client(http, List.of(api))).toList();
    }

    /** Until each instance answers so: what has been done at one of them, another one reads a moment later. */
    void awaitEverywhere(String path, String token, Predicate<Reply> known) {
        each().forEach(instance -> await().atMost(KNOWN_WITHIN).until(() -> instance.get(path, token), known::test));
    }

    /** Until buyers find the activity at each instance (README, Limits). */
    void awaitPublished(String activityId) {
        awaitEverywhere("/act/detail?actId=" + activityId, null, reply -> reply.ret() == 0);
    }

    /** Until each instance tells the owner of the ticket; one that has not read of it refuses whoever comes with it. */
    void awaitTicket(String activityId, String owner, String ticketId) {
        awaitEverywhere(
                "/ticket/result?actId=" + activityId,
                tokenOf(owner),
                reply -> reply.data().path("id").asString("").equals(ticketId));
    }

    /** A token as a company's own login would issue it. */
    static String tokenOf(String user) {
        return tokenOf(user, "buyer");
    }

    static String tokenOf(String user, String... roles) {
        Instant now = Instant.now();
        return Jwts.builder()
                .subject(user)
                .claim("roles", List.of(roles))
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(Duration.ofMinutes(15))))
                .signWith(Keys.hmacShaKeyFor(Services.JWT_SECRET.getBytes(StandardCharsets.UTF_8)))
                .compact();
    }

    String adminToken() {
        Reply reply = post("/user/login", null, "application/json", """
                {"account":"admin","password":"%s"}""".formatted(Services.ADMIN_PASSWORD));
        return reply.data().required("token").stringValue();
    }

    boolean isReady(URI api) {
        HttpRequest request =
                HttpRequest.newBuilder(api.resolve("/readyz")).timeout(TIMEOUT).build();
        return http.sendAsync(request, BodyHandlers.discarding())
                .handle((response, error) -> error == null && response.statusCode() == 200)
                .join();
    }

    Reply get(String path, String token) {
        return send(request(path, token).GET()).join();
    }

    CompletableFuture<Reply> getting(String path, String token) {
        return send(request(path, token).GET());
    }

    Reply post(String path, String token, String contentType, String body) {
        return send(request(path, token)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .join();
    }

    CompletableFuture<Reply> posting(String path, String token, String contentType, String body) {
        return send(request(path, token)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Any call. @param headers names and values in turn */
    Reply call(String method, String path, String token, String body, String... headers) {
        HttpRequest.Builder request = request(path, token).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request).join();
    }

    String text(String path, String token) {
        try {
            HttpResponse<String> response = http.send(request(path, token).GET().build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(path + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        URI api = apis.get(Math.floorMod(next.getAndIncrement(), apis.size()));
        HttpRequest.Builder builder = HttpRequest.newBuilder(api.resolve(path)).timeout(TIMEOUT);
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private CompletableFuture<Reply> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .thenApply(response -> new Reply(response.statusCode(), parse(response.body())));
    }

    private static JsonNode parse(String body) {
        return JSON.readTree(body);
    }
}
