package dev.dibs.api;

import static org.awaitility.Awaitility.await;

import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.documents.Documents;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One instance of the whole service, as operators and buyers see it over HTTP. */
public final class SellingApi implements AutoCloseable {
    public static final String SECRET = "not-a-secret-but-long-enough-for-tests";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PENDING = 1;
    private static final int UNAVAILABLE = -3;

    /** What came back. */
    public record Reply(int status, JsonNode body) {
        /** Of a buyers' answer. */
        public int ret() {
            return body.path("ret").asInt(Integer.MIN_VALUE);
        }

        public JsonNode data() {
            return body.path("data");
        }

        public String message() {
            return body.path("message").asString("");
        }
    }

    private final ConfigurableApplicationContext context;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final String operator;

    private SellingApi(ConfigurableApplicationContext context) {
        this.context = context;
        this.address = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        this.operator = context.getBean(Tokens.class).issue(new UserId("admin"), Set.of(Role.OPERATOR));
    }

    /** @param parts other parts than usual, such as one without a guard */
    public static SellingApi start(String kafka, String redis, String mongodb, Class<?>... parts) {
        SellingApi api = new SellingApi(ApiApplication.builder()
                .sources(parts)
                .run(
                        "--dibs.port=0",
                        "--dibs.kafka=" + kafka,
                        "--dibs.redis=" + redis,
                        "--dibs.mongodb=" + mongodb,
                        "--dibs.database=" + Documents.DATABASE,
                        "--dibs.partitions=" + TestTopics.PARTITIONS,
                        "--dibs.rate.grabs=0",
                        "--dibs.jwt.secret=" + SECRET));
        await().atMost(PATIENCE).until(() -> api.get("/readyz", "").status() == 200);
        return api;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public String token(String user, String... roles) {
        return bean(Tokens.class).issue(new UserId(user), Set.of(roles));
    }

    /** Creates an activity that is on sale, imports its codes, and publishes it. */
    public void onSale(String id, int stock, int limit, String more) {
        draft(id, stock, limit, System.currentTimeMillis() / 1_000 - 10, more);
        // Opening takes its time on a busy machine; publishing again waits on.
        await().atMost(PATIENCE)
                .until(() -> operate("POST", path(id, "/publish"), null, "").status() == 200);
    }

    /** The same, not published, with a start. */
    public void draft(String id, int stock, int limit, long start, String more) {
        String yaml = """
                id: %s
                name: A sale
                start_time: %d
                end_time: %d
                limit_per_user: %d
                tickets: [{kind: standard, name: Standard, start_time: 1, end_time: 4102444800}]
                """.formatted(id, start, start + 7_200, limit) + more;
        expect(201, operate("POST", "/admin/activities", "application/yaml", yaml));
        String codes = IntStream.range(0, stock)
                .mapToObj(i -> id + "-" + i + ",standard")
                .collect(Collectors.joining("\n", "code,ticket\n", "\n"));
        expect(200, operate("POST", path(id, "/codes"), "text/csv", codes));
    }

    public static String path(String activityId, String below) {
        return "/admin/activities/" + activityId + below;
    }

    private static void expect(int status, Reply reply) {
        if (reply.status() != status) {
            throw new IllegalStateException("Answered " + reply);
        }
    }

    public Reply operate(String method, String path, String contentType, String body) {
        return send(method, path, operator, contentType, body);
    }

    public Reply get(String path, String token) {
        return send("GET", path, token, null, "");
    }

    /** Grabs with the same request until something is decided, as clients are told to. */
    public Reply grab(String activityId, String token, String more) {
        String path = "/ticket/get?actId=" + activityId + more;
        return await().atMost(PATIENCE)
                .until(() -> get(path, token), reply -> reply.ret() != UNAVAILABLE && reply.ret() != PENDING);
    }

    public Reply send(String method, String path, String token, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), json.readTree(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException(path + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
