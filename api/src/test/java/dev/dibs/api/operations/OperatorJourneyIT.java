package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.ApiApplication;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.documents.Documents;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.MemoryActivityAccount;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** The example, set up as an operator does it: over HTTP, against the whole service on real servers. */
@Timeout(180)
class OperatorJourneyIT {
    private static final Path EXAMPLE = Path.of("../examples/movie-night");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ConfigurableApplicationContext api;
    private static String base;
    private static String token;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ActivityId id = TestIds.activity("movie-night");

    @BeforeAll
    static void start() {
        api = ApiApplication.builder()
                .run(
                        "--dibs.port=0",
                        "--dibs.kafka=" + TestServers.kafka(),
                        "--dibs.redis=" + TestServers.redis(),
                        "--dibs.mongodb=" + TestServers.mongodb(),
                        "--dibs.database=" + Documents.DATABASE,
                        "--dibs.partitions=" + TestTopics.PARTITIONS,
                        "--dibs.jwt.secret=not-a-secret-but-long-enough-for-tests");
        base = "http://127.0.0.1:" + api.getEnvironment().getProperty("local.server.port") + "/admin/activities";
        token = api.getBean(Tokens.class).issue(new UserId("admin"), Set.of(Role.OPERATOR));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> api.getBean(LedgerView.class).isCaughtUp());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void theExampleGoesOnSaleAndComesToItsEnd() throws Exception {
        // Given
        String yaml = Files.readString(EXAMPLE.resolve("activity.yaml")).replace("id: movie-night", "id: " + id);
        String codes = Files.readString(EXAMPLE.resolve("codes.csv"))
                .replace("MN", TestIds.unique("MN").toUpperCase(java.util.Locale.ROOT));
        // When
        expect(201, post("", "application/yaml", yaml), "\"state\":\"DRAFT\"");
        expect(409, post("/" + id + "/publish", null, ""), "no-stock");
        expect(200, post("/" + id + "/codes", "text/csv", codes), "\"rows\":500,\"from\":0,\"to\":500,\"added\":true");
        expect(200, post("/" + id + "/codes", "text/csv", codes), "\"added\":false");
        expect(200, post("/" + id + "/publish", null, ""), "\"state\":\"PUBLISHED\"");
        expect(200, post("/" + id + "/codes", "text/csv", "code,ticket\n" + id + "-more,premium\n"), "\"to\":501");
        expect(200, post("/" + id + "/pause", null, ""), "\"state\":\"PAUSED\"");
        expect(200, post("/" + id + "/resume", null, ""), "\"state\":\"PUBLISHED\"");
        expect(200, send("GET", "/" + id, null, ""), "\"stock\":501");
        expect(200, send("PATCH", "/" + id, "application/json", "{\"end_time\": 4102444800}"), "4102444800");
        expect(503, send("GET", "/" + id + "/results.csv?waitSeconds=0", null, ""), "projection-behind");
        expect(200, post("/" + id + "/end", null, ""), "\"state\":\"ENDED\"");
        expect(409, post("/" + id + "/resume", null, ""), "wrong-state");
        // Then
        MemoryActivityAccount account = api.getBean(LedgerView.class).account(id);
        assertThat(account.stock()).isEqualTo(501);
        assertThat(account.epoch()).isNotNegative();
    }

    private static void expect(int status, HttpResponse<String> response, String part) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(part);
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return send("POST", path, type, body);
    }

    private HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
