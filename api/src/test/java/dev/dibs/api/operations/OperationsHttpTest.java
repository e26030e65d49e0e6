package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Gate;
import dev.dibs.activity.RequiredClaim;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.CatalogueWriter;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.recovery.Reconciler;
import dev.dibs.api.recovery.Recovery;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** The operators' calls over HTTP, without a server behind them. */
class OperationsHttpTest {
    private static final ActivityId ID = new ActivityId("movie-night");
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final MediaType CSV = MediaType.parseMediaType("text/csv");

    @TempDir
    Path folder;

    private final MemoryLog log = new MemoryLog();
    private final MemoryImportJobs jobs = new MemoryImportJobs();
    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final Tokens tokens = new Tokens("a-secret-for-tests-of-32-bytes-or-more", Clock.systemUTC());
    private final List<ActivityId> reconciled = new ArrayList<>();
    private Reconciler reconciler = id -> {
        reconciled.add(id);
        return CompletableFuture.completedFuture(null);
    };
    private Recovery recovery = id -> CompletableFuture.completedFuture(null);
    /** The day before the sale of {@link ActivityDocumentTest#SOUND}. */
    private Clock clock = Clock.fixed(Instant.ofEpochSecond(1_796_040_000), ZoneOffset.UTC);

    private WebTestClient operator;

    @BeforeEach
    void start() {
        operator = client().mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token(Role.OPERATOR)))
                .build();
    }

    private WebTestClient client() {
        Reconciliation reconciliation = new Reconciliation(id -> reconciler.reconcile(id), Duration.ofMillis(200));
        ActivityHandler activities = new ActivityHandler(
                new ActivityOperations(catalogue, catalogue, log, reconciliation, clock), catalogue, log);
        // No upload here gets as far as the store.
        ImportHandler imports = new ImportHandler(
                null,
                new ImportRecorder(jobs, Duration.ofSeconds(1)),
                new Background(),
                catalogue,
                log,
                new ImportLimits(1_000, 10, 10),
                folder,
                clock);
        RequireRole operators = RequireRole.of(tokens, Role.OPERATOR);
        RecoveryHandler recoveries =
                new RecoveryHandler(id -> recovery.recover(id), catalogue, log, Duration.ofMillis(200));
        return WebTestClient.bindToRouterFunction(OperationsConfiguration.routes(
                                operators, activities, imports, new ImportJobHandler(jobs, catalogue, clock))
                        .andOther(OperationsConfiguration.recoveryRoutes(operators, recoveries)))
                .build();
    }

    private String token(String... roles) {
        return tokens.issue(new UserId("somebody"), Set.of(roles));
    }

    @Test
    void anActivityIsCreatedOnce() {
        post(ActivityDocumentTest.SOUND)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .location("/admin/activities/movie-night")
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo("movie-night")
                .jsonPath("$.start_time")
                .isEqualTo(1796126400)
                .jsonPath("$.state")
                .isEqualTo("DRAFT")
                .jsonPath("$.version")
                .isEqualTo(1);
        post(ActivityDocumentTest.SOUND).expectStatus().isOk();
        problem(post(ActivityDocumentTest.SOUND.replace("500 seats", "501 seats")), 409, "activity-exists");
        assertThat(catalogue.find(ID).description()).isEqualTo("500 seats");
    }

    @Test
    void nothingOfANewActivityLiesBeforeItsLogStart() {
        log.append(new EpochOpened(UUID.randomUUID(), 1, new ActivityId("another"), "n", "f", 1));

        post(ActivityDocumentTest.SOUND);
        long firstOfIt = log.append(stock(1)).offset();

        assertThat(catalogue.find(ID).logStart()).isPositive().isLessThanOrEqualTo(firstOfIt);
    }

    @Test
    void allFaultsOfADocumentAreListed() {
        problem(post("id: a\nname: b\nmore: c\n"), 400, "faulty-input")
                .jsonPath("$.errors.length()")
                .isEqualTo(4)
                .jsonPath("$.errors[?(@.field == 'more')].message")
                .isEqualTo("is not known here (line 3, column 7)");
    }

    @Test
    void aDocumentHasALimit() {
        problem(post("# " + "x".repeat(256 * 1024) + "\n" + ActivityDocumentTest.SOUND), 413, "too-large");
        assertThat(catalogue.all()).isEmpty();
    }

    @Test
    void anUnknownFormatIsNamed() {
        problem(
                operator.post()
                        .uri("/admin/activities")
                        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                        .bodyValue("id=a")
                        .exchange(),
                415,
                "unknown-format");
    }

    @Test
    void anActivityIsShownWithWhatTheLedgerKnows() {
        post(ActivityDocumentTest.SOUND);
        get("/admin/activities/movie-night")
                .jsonPath("$.stock")
                .isEqualTo(0)
                .jsonPath("$.epoch")
                .isEmpty();
        log.append(stock(3));
        long epoch = log.append(new EpochOpened(UUID.randomUUID(), 1, ID, "n", "f", 1))
                .offset();

        get("/admin/activities/movie-night")
                .jsonPath("$.stock")
                .isEqualTo(3)
                .jsonPath("$.granted")
                .isEqualTo(0)
                .jsonPath("$.remaining")
                .isEqualTo(3)
                .jsonPath("$.epoch")
                .isEqualTo((int) epoch);
        get("/admin/activities").jsonPath("$.list[0].id").isEqualTo("movie-night");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        problem(operator.get().uri("/admin/activities/nothing").exchange(), 404, "no-such-activity");
        problem(change("publish"), 404, "no-such-activity");
        problem(operator.get().uri("/admin/activities/a%20b").exchange(), 404, "no-such-activity");
    }

    @Test
    void anActivityGoesThroughItsStates() {
        post(ActivityDocumentTest.SOUND);
        problem(change("publish"), 409, "no-stock");
        log.append(stock(1));

        for (String step : List.of("publish PUBLISHED", "pause PAUSED", "resume PUBLISHED", "end ENDED")) {
            String[] parts = step.split(" ");
            change(parts[0])
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.state")
                    .isEqualTo(parts[1]);
        }

        assertThat(reconciled).containsExactly(ID, ID, ID, ID);
        problem(change("resume"), 409, "wrong-state")
                .jsonPath("$.state")
                .isEqualTo("ENDED")
                .jsonPath("$.allowed")
                .isEqualTo(List.of("change"));
    }

    @Test
    void publishingAnswersOnlyWhenRedisHasFollowedAndCanBeRepeated() {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(1));
        reconciler = id -> new CompletableFuture<>();

        problem(change("publish"), 503, "not-in-effect-yet");
        reconciler = id -> CompletableFuture.failedFuture(new IllegalStateException("Redis is away"));
        problem(change("publish"), 503, "not-in-effect-yet");
        reconciler = id -> CompletableFuture.completedFuture(null);

        change("publish").expectStatus().isOk();
        assertThat(catalogue.find(ID).version()).isEqualTo(2);
    }

    @Test
    void theWindowOfADraftChangesWithoutRedis() {
        post(ActivityDocumentTest.SOUND);

        patch("{\"end_time\": 1796200000}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.end_time")
                .isEqualTo(1796200000);

        assertThat(reconciled).isEmpty();
        problem(patch("{\"end_time\": 1}"), 400, "faulty-input")
                .jsonPath("$.errors[0].field")
                .isEqualTo("end_time");
        problem(patch("{\"more\": \"x\"}"), 400, "faulty-input");
        problem(patch("{}"), 400, "faulty-input");
        problem(patch("{\"name\": null, \"start_time\": 1796200001}"), 400, "faulty-input")
                .jsonPath("$.errors[?(@.field == 'name')].message")
                .value(message -> assertThat(message.toString()).contains("must not be empty"))
                .jsonPath("$.errors[?(@.field == 'end_time')].message")
                .value(message -> assertThat(message.toString()).contains("as it is now"));
    }

    @Test
    void whatAGroupDoesNotNameStays() {
        post(ActivityDocumentTest.SOUND);
        patch("{\"gate\": {\"grab_ticket\": true, \"grab_ticket_seconds\": 90, \"proof_of_work_bits\": 12}}");

        patch("{\"gate\": {\"grab_ticket\": true}}").expectStatus().isOk();
        assertThat(catalogue.find(ID).entry().gate()).isEqualTo(new Gate(90, 12));
        patch("{\"gate\": {\"proof_of_work_bits\": 14}}").expectStatus().isOk();
        assertThat(catalogue.find(ID).entry().gate()).isEqualTo(new Gate(90, 14));
        patch("{\"gate\": {\"grab_ticket_seconds\": null}}").expectStatus().isOk();
        assertThat(catalogue.find(ID).entry().gate()).isEqualTo(new Gate(Gate.DEFAULT_SECONDS, 14));
        problem(patch("{\"gate\": {\"grab_ticket\": false}}"), 400, "faulty-input")
                .jsonPath("$.errors[0].field")
                .isEqualTo("gate.proof_of_work_bits");

        patch("{\"gate\": null}").expectStatus().isOk();
        assertThat(catalogue.find(ID).entry().gate()).isEqualTo(Gate.OPEN);
    }

    @Test
    void aGroupThatWasNotThereIsTakenAsItIs() {
        post(ActivityDocumentTest.SOUND);

        problem(patch("{\"required_claim\": {\"value\": \"sales\"}}"), 400, "faulty-input")
                .jsonPath("$.errors[0].field")
                .isEqualTo("required_claim.name");
        patch("{\"required_claim\": {\"name\": \"department\", \"value\": \"sales\"}}");
        patch("{\"required_claim\": {\"value\": \"marketing\"}}").expectStatus().isOk();

        assertThat(catalogue.find(ID).entry().requiredClaim()).contains(new RequiredClaim("department", "marketing"));
    }

    /** @param stale what is found at first, though it has been changed since */
    private ActivityOperations laggingAt(Activity stale, CatalogueWriter writer) {
        return new ActivityOperations(
                new StaleOnce(catalogue, stale),
                writer,
                log,
                new Reconciliation(reconciler, Duration.ofSeconds(5)),
                clock);
    }

    @Test
    void aChangeBySomebodyElseIsNotOverwritten() {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(1));
        Activity stale = catalogue.find(ID);
        patch("{\"end_time\": 1796200000}");
        ActivityOperations operations = laggingAt(stale, catalogue);

        operations.change(ID, Change.PUBLISH, IfMatch.NONE).block(Duration.ofSeconds(5));

        assertThat(catalogue.find(ID).endTime()).isEqualTo(1796200000);
        assertThat(catalogue.find(ID).version()).isEqualTo(3);
    }

    /** Resumes a sale at an instance that has not heard yet that it was paused at another one. */
    private Outcome<Activity> resumeBehindThePause(CatalogueWriter writer) {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(1));
        change("publish");
        Activity onSale = catalogue.find(ID);
        change("pause");
        ActivityOperations lagging = laggingAt(onSale, writer);
        return lagging.change(ID, Change.RESUME, IfMatch.NONE).block(Duration.ofSeconds(5));
    }

    @Test
    void whatWasPausedElsewhereIsResumedAlsoWhereThePauseIsNotKnownYet() {
        assertThat(resumeBehindThePause(catalogue)).isInstanceOf(Outcome.Done.class);

        assertThat(catalogue.find(ID).state()).isEqualTo(ActivityState.PUBLISHED);
    }

    @Test
    void withoutConfirmingWhatIsKnownItWouldStayPausedThoughItWasAnsweredAsResumed() {
        CatalogueWriter trusting = new CatalogueWriter() {
            @Override
            public Mono<Activity> save(Activity activity) {
                return catalogue.save(activity);
            }

            @Override
            public Mono<Activity> confirm(Activity activity) {
                return Mono.just(activity);
            }
        };

        assertThat(resumeBehindThePause(trusting)).isInstanceOf(Outcome.Done.class);

        assertThat(catalogue.find(ID).state()).isEqualTo(ActivityState.PAUSED);
    }

    @Test
    void aChangeIsMadeOnlyAtTheVersionThatItIsMeantFor() {
        post(ActivityDocumentTest.SOUND).expectHeader().valueEquals("ETag", "\"1\"");
        log.append(stock(1));
        change("publish").expectHeader().valueEquals("ETag", "\"2\"");

        for (String call : List.of("PATCH ", "POST /extend", "POST /pause", "POST /end", "POST /codes")) {
            problem(guarded(call, "\"1\""), 412, "changed-meanwhile")
                    .jsonPath("$.version")
                    .isEqualTo(2);
            problem(guarded(call, "W/\"2\""), 412, "changed-meanwhile");
            problem(guarded(call, "2"), 400, "faulty-input");
        }

        assertThat(catalogue.find(ID).version()).isEqualTo(2);
        guarded("POST /pause", "\"7\", \"2\"")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"3\"");
        guarded("PATCH ", "*").expectStatus().isOk().expectHeader().valueEquals("ETag", "\"4\"");
        operator.get()
                .uri("/admin/activities/movie-night")
                .exchange()
                .expectHeader()
                .valueEquals("ETag", "\"4\"");
    }

    @Test
    void aVersionThatIsTakenMeanwhileFailsThePrecondition() {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(1));
        Activity stale = catalogue.find(ID);
        patch("{\"end_time\": 1796200000}");
        ActivityOperations operations = laggingAt(stale, catalogue);

        Outcome<Activity> outcome = operations
                .change(ID, Change.PUBLISH, new IfMatch(List.of("1"), false))
                .block(Duration.ofSeconds(5));

        assertThat(((Outcome.Refused<Activity>) outcome).problem().status().value())
                .isEqualTo(412);
        assertThat(catalogue.find(ID).state()).isEqualTo(ActivityState.DRAFT);
    }

    @Test
    void anExtensionBySecondsIsNotMadeTwice() {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(1));
        change("publish");
        String path = "/admin/activities/movie-night/extend";

        problem(send("POST", path, null, "{\"seconds\": 60}"), 428, "version-required");
        send("POST", path, "\"2\"", "{\"seconds\": 60}").expectStatus().isOk();
        problem(send("POST", path, "\"2\"", "{\"seconds\": 60}"), 412, "changed-meanwhile");

        assertThat(catalogue.find(ID).endTime()).isEqualTo(1796130060);
        send("POST", path, null, "{\"end_time\": 1796130120}").expectStatus().isOk();
        send("POST", path, null, "{\"end_time\": 1796130120}").expectStatus().isOk();
        assertThat(catalogue.find(ID).version()).isEqualTo(4);
        problem(send("POST", path, null, "{\"end_time\": 1, \"seconds\": 1}"), 400, "faulty-input");
        problem(send("POST", path, "*", "{\"seconds\": 60}"), 428, "version-required");
    }

    private WebTestClient.ResponseSpec guarded(String call, String ifMatch) {
        String[] parts = call.split(" ", 2);
        String path = "/admin/activities/movie-night" + parts[1];
        return path.endsWith("/codes")
                ? operator.post()
                        .uri(path)
                        .header("If-Match", ifMatch)
                        .contentType(CSV)
                        .bodyValue("code\nA\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .exchange()
                : send(parts[0], path, ifMatch, "{\"end_time\": 1796139999}");
    }

    private WebTestClient.ResponseSpec send(String method, String path, String ifMatch, String json) {
        return operator.method(HttpMethod.valueOf(method))
                .uri(path)
                .headers(headers -> {
                    if (ifMatch != null) {
                        headers.set("If-Match", ifMatch);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    @Test
    void anUploadIsRefusedBeforeItIsRead() {
        post(ActivityDocumentTest.SOUND);

        problem(upload(MediaType.APPLICATION_FORM_URLENCODED, "code\nA\n"), 415, "unknown-format");
        problem(upload(MediaType.parseMediaType("text/csv;charset=iso-8859-1"), "code\nA\n"), 415, "unknown-format");
        problem(upload(CSV, "code\n" + "A\n".repeat(600)), 413, "too-large");
        log.caughtUp(false);
        problem(upload(CSV, "code\nA\n"), 503, "still-reading");
        log.caughtUp(true);
        log.append(stock(1));
        change("publish");
        change("end");
        problem(upload(CSV, "code\nA\n"), 409, "wrong-state");
        assertThat(filesLeft()).isZero();
    }

    @Test
    void anUploadThatTurnsOutTooLargeLeavesNothingBehind() {
        post(ActivityDocumentTest.SOUND);

        problem(
                operator.post()
                        .uri("/admin/activities/movie-night/codes")
                        .contentType(CSV)
                        .body(reactor.core.publisher.Flux.range(0, 600).map(i -> "A\n"), String.class)
                        .exchange(),
                413,
                "too-large");

        assertThat(filesLeft()).isZero();
        get("/admin/activities/movie-night/imports")
                .jsonPath("$.list.length()")
                .isEqualTo(1)
                .jsonPath("$.list[0].stage")
                .isEqualTo("REFUSED")
                .jsonPath("$.list[0].problem")
                .isEqualTo("too-large");
        problem(
                operator.get()
                        .uri("/admin/activities/movie-night/imports/nothing")
                        .exchange(),
                404,
                "no-such-import");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,  /admin/activities",
        "GET,   /admin/activities",
        "GET,   /admin/activities/movie-night",
        "PATCH, /admin/activities/movie-night",
        "POST,  /admin/activities/movie-night/codes",
        "GET,   /admin/activities/movie-night/imports",
        "GET,   /admin/activities/movie-night/imports/nothing",
        "POST,  /admin/activities/movie-night/publish",
        "POST,  /admin/activities/movie-night/pause",
        "POST,  /admin/activities/movie-night/resume",
        "POST,  /admin/activities/movie-night/extend",
        "POST,  /admin/activities/movie-night/end",
    })
    void onlyOperatorsMay(String method, String path) {
        post(ActivityDocumentTest.SOUND);
        HttpMethod verb = HttpMethod.valueOf(method);

        client().method(verb).uri(path).exchange().expectStatus().isUnauthorized();
        for (String role : List.of(Role.ANALYST, Role.GATE, "member")) {
            client().method(verb)
                    .uri(path)
                    .headers(headers -> headers.setBearerAuth(token(role)))
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
        EntityExchangeResult<byte[]> allowed =
                operator.method(verb).uri(path).exchange().expectBody().returnResult();
        assertThat(allowed.getStatus().value()).isNotIn(401, 403);
    }

    private long filesLeft() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static StockAdded stock(int count) {
        return new StockAdded(UUID.randomUUID(), 1, ID, 0, count, new TicketKind("standard"), new ImportId("i"));
    }

    private WebTestClient.ResponseSpec post(String yaml) {
        return operator.post()
                .uri("/admin/activities")
                .contentType(YAML)
                .bodyValue(yaml)
                .exchange();
    }

    private WebTestClient.ResponseSpec patch(String json) {
        return operator.patch()
                .uri("/admin/activities/movie-night")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    private WebTestClient.ResponseSpec change(String change) {
        return operator.post().uri("/admin/activities/movie-night/" + change).exchange();
    }

    private WebTestClient.ResponseSpec upload(MediaType type, String body) {
        return operator.post()
                .uri("/admin/activities/movie-night/codes")
                .contentType(type)
                .bodyValue(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .exchange();
    }

    private WebTestClient.BodyContentSpec get(String path) {
        return operator.get().uri(path).exchange().expectStatus().isOk().expectBody();
    }

    @Test
    void whatIsOverCannotBeBroughtBack() {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(3));
        change("publish");
        clock = Clock.fixed(Instant.ofEpochSecond(1_796_500_000), ZoneOffset.UTC);
        start();

        problem(change("pause"), 409, "over");

        assertThat(catalogue.find(ID).state()).isEqualTo(ActivityState.PUBLISHED);
    }

    @Test
    void aRecoveryTellsTheEpochBeforeAndAfterIt() {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(3));
        change("publish");
        long before = opened();
        recovery = id -> {
            opened();
            return CompletableFuture.completedFuture(null);
        };

        change("recover")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.previousEpoch")
                .isEqualTo(before)
                .jsonPath("$.epoch")
                .isEqualTo(before + 1);
    }

    @Test
    void whatHasNeverBeenOpenedIsNotRecovered() {
        post(ActivityDocumentTest.SOUND);

        problem(change("recover"), 409, "nothing-to-recover");
    }

    @Test
    void aRecoveryThatTakesTooLongIsNotCalledDone() {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(3));
        change("publish");
        opened();
        recovery = id -> new CompletableFuture<>();

        problem(change("recover"), 503, "not-recovered-yet");
    }

    @Test
    void aRecoveryThatFailsNamesNothingOfTheInside() {
        post(ActivityDocumentTest.SOUND);
        log.append(stock(3));
        change("publish");
        opened();
        recovery = id -> CompletableFuture.failedFuture(new IllegalStateException("io.lettuce.core: 10.0.0.7"));

        problem(change("recover"), 503, "not-recovered-yet")
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail)
                                .contains("Redis, Kafka or MongoDB", "can be repeated")
                                .doesNotContain("lettuce", "10.0.0.7"));
    }

    private long opened() {
        return log.append(new EpochOpened(UUID.randomUUID(), 1, ID, "n", "f", 1))
                .offset();
    }

    private static WebTestClient.BodyContentSpec problem(WebTestClient.ResponseSpec response, int status, String kind) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:dibs:problem:" + kind)
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.title")
                .isNotEmpty()
                .jsonPath("$.detail")
                .isNotEmpty();
    }
}
