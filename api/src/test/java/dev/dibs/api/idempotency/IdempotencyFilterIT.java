package dev.dibs.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.api.TestClock;
import dev.dibs.api.access.AdminGuard;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestDatabase;
import dev.dibs.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What a key promises to whoever calls, with the calls on a real server. */
@Timeout(60)
class IdempotencyFilterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final Tokens tokens = new Tokens("a secret of more than thirty-two bytes", Clock.systemUTC());
    private final AtomicInteger carriedOut = new AtomicInteger();
    private final Sinks.Empty<Void> gate = Sinks.empty();
    private final MongoClient mongo = MongoClients.create(TestServers.mongodb());
    private final MongoDatabase database = mongo.getDatabase(TestDatabase.nameFor(IdempotencyFilterIT.class));
    private volatile int status = 200;
    private WebTestClient client;

    @BeforeEach
    void start() {
        client = clientOf(new MongoCallStore(database, LEASE, Duration.ofHours(1), Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        Mono.from(database.drop()).block(PATIENCE);
        mongo.close();
    }

    private WebTestClient clientOf(CallStore store) {
        RouterFunction<ServerResponse> routes = RouterFunctions.route()
                .POST("/admin/counted", this::count)
                .PUT("/admin/counted", this::count)
                .POST("/counted", this::count)
                .POST("/admin/slow", request -> gate.asMono().then(Mono.defer(() -> count(request))))
                .POST("/admin/failing", request -> count(request).then(Mono.error(new IllegalStateException("failed"))))
                .POST(
                        "/admin/large",
                        request -> ServerResponse.ok()
                                .body(
                                        Flux.range(0, 5).map(i -> carriedOut.incrementAndGet() + "x".repeat(20_000)),
                                        String.class))
                .POST("/admin/bare", request -> {
                    carriedOut.incrementAndGet();
                    return ServerResponse.noContent().build();
                })
                .build();
        return WebTestClient.bindToRouterFunction(routes)
                .handlerStrategies(HandlerStrategies.builder()
                        .webFilter(new AdminGuard(tokens))
                        .webFilter(new IdempotencyFilter(store, tokens, LEASE.dividedBy(4)))
                        .build())
                .configureClient()
                .responseTimeout(PATIENCE)
                .build();
    }

    private Mono<ServerResponse> count(ServerRequest request) {
        return request.bodyToMono(String.class)
                .defaultIfEmpty("")
                .flatMap(body -> ServerResponse.status(status)
                        .contentType(MediaType.APPLICATION_JSON)
                        .eTag("\"7\"")
                        .bodyValue("{\"n\":" + carriedOut.incrementAndGet() + ",\"body\":\"" + body + "\"}"));
    }

    private WebTestClient.RequestBodySpec call(String user, String path, String key) {
        String token = tokens.issue(new UserId(user), Set.of(Role.OPERATOR));
        return client.post().uri(path).header("Idempotency-Key", key).headers(headers -> headers.setBearerAuth(token));
    }

    private WebTestClient.ResponseSpec post(String user, String path, String key, String body) {
        return call(user, path, key).bodyValue(body).exchange();
    }

    @Test
    void whoeverRepeatsACallGetsTheFirstAnswerAndItIsCarriedOutOnce() {
        post("anna", "/admin/counted", "k", "wish")
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Idempotency-Replayed")
                .expectBody(String.class)
                .isEqualTo("{\"n\":1,\"body\":\"wish\"}");

        post("anna", "/admin/counted", "\"k\"", "wish")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true")
                .expectHeader()
                .valueEquals("ETag", "\"7\"")
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody(String.class)
                .isEqualTo("{\"n\":1,\"body\":\"wish\"}");
        assertThat(carriedOut).hasValue(1);
    }

    @Test
    void withoutAKeyEachCallIsCarriedOut() {
        String token = tokens.issue(new UserId("anna"), Set.of(Role.OPERATOR));
        for (int i = 0; i < 2; i++) {
            client.post()
                    .uri("/admin/counted")
                    .headers(headers -> headers.setBearerAuth(token))
                    .exchange()
                    .expectStatus()
                    .isOk();
        }

        assertThat(carriedOut).hasValue(2);
    }

    @Test
    void anotherWishUnderTheSameKeyIsRefused() {
        post("anna", "/admin/counted", "k", "wish").expectStatus().isOk();

        problem(post("anna", "/admin/counted", "k", "hope"), 422, "key-of-another-request");
        problem(post("anna", "/admin/counted?more=1", "k", "wish"), 422, "key-of-another-request");
        problem(post("anna", "/admin/bare", "k", "wish"), 422, "key-of-another-request");
        // Somebody else's key is another key.
        post("berta", "/admin/counted", "k", "hope").expectStatus().isOk();
        assertThat(carriedOut).hasValue(2);
    }

    @Test
    void aCallThatIsUnderWayIsNotBegunASecondTimeHoweverLongItTakes() throws Exception {
        TestClock clock = new TestClock();
        client = clientOf(new MongoCallStore(database, LEASE, Duration.ofHours(1), clock));
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> post("anna", "/admin/slow", "k", "")
                .returnResult(String.class)
                .getStatus()
                .value());
        await().atMost(PATIENCE).until(this::callsKept, kept -> kept == 1);
        // Twice the lease, in steps that wait for a sign of life, so that no slow machine lets it run out.
        for (int step = 0; step < 4; step++) {
            clock.goOn(LEASE.dividedBy(2));
            await().atMost(PATIENCE).until(() -> aliveUntil() == clock.millis() + LEASE.toMillis());
        }

        problem(post("anna", "/admin/slow", "k", ""), 409, "under-way");

        gate.tryEmitEmpty();

        assertThat(first.get()).isEqualTo(200);
        post("anna", "/admin/slow", "k", "")
                .expectStatus()
                .isOk()
                .expectHeader()
                .exists("Idempotency-Replayed");
        assertThat(carriedOut).hasValue(1);
    }

    @Test
    void aCallWhoseCallerAndInstanceAreGoneCanBeMadeAgain() {
        WebTestClient impatient =
                client.mutate().responseTimeout(Duration.ofMillis(500)).build();
        String token = tokens.issue(new UserId("anna"), Set.of(Role.OPERATOR));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> impatient
                        .post()
                        .uri("/admin/slow")
                        .header("Idempotency-Key", "k")
                        .headers(headers -> headers.setBearerAuth(token))
                        .bodyValue("")
                        .exchange())
                .isInstanceOf(IllegalStateException.class);
        gate.tryEmitEmpty();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        post("anna", "/admin/slow", "k", "").expectStatus().isOk());

        assertThat(carriedOut).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 500, 429, 403, 401})
    void anAnswerByWhichNothingWasDecidedIsNotKept(int nothing) {
        status = nothing;
        post("anna", "/admin/counted", "k", "wish").expectStatus().isEqualTo(nothing);
        status = 200;

        post("anna", "/admin/counted", "k", "wish").expectStatus().isOk();

        assertThat(carriedOut).hasValue(2);
    }

    @Test
    void aRefusalIsAnAnswerAndAFailureIsNone() {
        status = 409;
        post("anna", "/admin/counted", "k", "wish").expectStatus().isEqualTo(409);
        post("anna", "/admin/counted", "k", "wish")
                .expectStatus()
                .isEqualTo(409)
                .expectHeader()
                .exists("Idempotency-Replayed");
        assertThat(carriedOut).hasValue(1);

        post("anna", "/admin/failing", "f", "").expectStatus().is5xxServerError();
        post("anna", "/admin/failing", "f", "").expectStatus().is5xxServerError();
        assertThat(carriedOut).hasValue(3);
    }

    @Test
    void anAnswerWithoutABodyIsKeptAndOneThatIsTooLargeIsNamed() {
        for (int i = 0; i < 2; i++) {
            post("anna", "/admin/bare", "b", "").expectStatus().isNoContent();
        }
        assertThat(carriedOut).hasValue(1);

        assertThat(post("anna", "/admin/large", "l", "")
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .hasSizeGreaterThan(100_000);
        problem(post("anna", "/admin/large", "l", ""), 409, "answer-not-kept");
        assertThat(carriedOut).hasValue(6);
    }

    @Test
    void onlyCallsUnderAdminThatCreateAreKept() {
        String token = tokens.issue(new UserId("anna"), Set.of(Role.OPERATOR));
        for (int i = 0; i < 2; i++) {
            post("anna", "/counted", "k", "").expectStatus().isOk();
            client.put()
                    .uri("/admin/counted")
                    .header("Idempotency-Key", "k")
                    .headers(headers -> headers.setBearerAuth(token))
                    .exchange()
                    .expectStatus()
                    .isOk();
        }

        assertThat(carriedOut).hasValue(4);
    }

    @Test
    void whoMayNotCallKeepsNothing() {
        client.post()
                .uri("/admin/counted")
                .header("Idempotency-Key", "k")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        client.post()
                .uri("/admin/counted")
                .header("Idempotency-Key", "k")
                .headers(headers -> headers.setBearerAuth(tokens.issue(new UserId("anna"), Set.of("buyer"))))
                .exchange()
                .expectStatus()
                .isForbidden();

        assertThat(callsKept()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\\b"})
    void aKeyThatIsNoneIsNamed(String key) {
        problem(post("anna", "/admin/counted", key, ""), 400, "faulty-input");
        problem(post("anna", "/admin/counted", "k".repeat(129), ""), 400, "faulty-input");
        assertThat(carriedOut).hasValue(0);
    }

    @Test
    void withTheStoreAwayNothingIsDoneUnderAKey() {
        try (MongoClient nowhere = MongoClients.create("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200")) {
            client = clientOf(
                    new MongoCallStore(nowhere.getDatabase("nothing"), LEASE, Duration.ofHours(1), Clock.systemUTC()));

            problem(post("anna", "/admin/counted", "k", "wish"), 503, "key-not-checked");
        }
        assertThat(carriedOut).hasValue(0);
    }

    @Test
    void neitherKeysNorBodiesAreKeptInPlain() {
        post("anna", "/admin/bare", "my-key", "SECRET").expectStatus().isNoContent();

        assertThat(Flux.from(database.getCollection("operator_calls").find())
                        .map(Document::toJson)
                        .collectList()
                        .block(PATIENCE))
                .singleElement()
                .asString()
                .doesNotContain("my-key", "SECRET", "anna");
    }

    private long callsKept() {
        return Mono.from(database.getCollection("operator_calls").countDocuments())
                .block(PATIENCE);
    }

    private long aliveUntil() {
        return Mono.from(database.getCollection("operator_calls").find())
                .block(PATIENCE)
                .getLong("aliveUntil");
    }

    private static void problem(WebTestClient.ResponseSpec response, int status, String kind) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:dibs:problem:" + kind);
    }
}
