package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.Activity;
import dev.dibs.api.TestClock;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.UserId;
import dev.dibs.testkit.TestServers;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How far imports are, as another instance sees it; codes and jobs on a real server, the log in memory. */
@Timeout(120)
class ImportJobIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final MediaType CSV = MediaType.parseMediaType("text/csv");

    @TempDir
    Path folder;

    private final Tokens tokens = new Tokens("a-secret-for-tests-of-32-bytes-or-more", Clock.systemUTC());
    private final Background background = new Background();
    private final Sinks.Empty<Void> gate = Sinks.empty();
    private ImportWorld world;
    private Activity activity;

    @BeforeEach
    void start() {
        world = new ImportWorld(TestServers.mongodb(), folder);
        activity = world.activity("job");
    }

    @AfterEach
    void stop() {
        background.close();
        world.close();
    }

    /** An instance of the operators' calls; all of them share catalogue, log and database. */
    private WebTestClient instance(UnaryOperator<CodeStore> around, Clock clock) {
        ImportJobs jobs = new MongoImportJobs(world.database);
        Reconciliation reconciliation = new Reconciliation(id -> CompletableFuture.completedFuture(null), PATIENCE);
        ImportHandler handler = new ImportHandler(
                world.imports(around),
                new ImportRecorder(jobs, Duration.ofMillis(50)),
                background,
                world.catalogue,
                world.log,
                new ImportLimits(1_000_000, ImportLimits.MAX_ROWS, ImportWorld.BATCH),
                folder,
                Clock.systemUTC());
        ActivityHandler activities = new ActivityHandler(
                new ActivityOperations(world.catalogue, world.catalogue, world.log, reconciliation, clock),
                world.catalogue,
                world.log);
        String token = tokens.issue(new UserId("operator"), Set.of(Role.OPERATOR));
        return WebTestClient.bindToRouterFunction(OperationsConfiguration.routes(
                        RequireRole.of(tokens, Role.OPERATOR),
                        activities,
                        handler,
                        new ImportJobHandler(jobs, world.catalogue, clock)))
                .configureClient()
                .responseTimeout(PATIENCE)
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();
    }

    private WebTestClient instance() {
        return instance(UnaryOperator.identity(), Clock.systemUTC());
    }

    /** A store that takes its first codes and then waits at the gate. */
    private CodeStore gated(CodeStore store) {
        return (CodeStore) Proxy.newProxyInstance(
                CodeStore.class.getClassLoader(), new Class<?>[] {CodeStore.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    return method.getName().equals("store")
                                    && world.log.events().isEmpty()
                            ? ((Mono<?>) answer).then(gate.asMono().cast(Object.class))
                            : answer;
                });
    }

    private String path(String rest) {
        return "/admin/activities/" + activity.activityId() + rest;
    }

    @Test
    void anotherInstanceSeesHowFarAnImportIsAndHowItEnded() {
        WebTestClient other = instance();
        CompletableFuture<Integer> upload = CompletableFuture.supplyAsync(() -> instance(this::gated, Clock.systemUTC())
                .post()
                .uri(path("/codes"))
                .contentType(CSV)
                .bodyValue(ImportWorld.csv("a", 25).getBytes(StandardCharsets.UTF_8))
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .value());

        await().atMost(PATIENCE)
                .untilAsserted(() -> other.get()
                        .uri(path("/imports"))
                        .exchange()
                        .expectBody()
                        .jsonPath("$.list.length()")
                        .isEqualTo(1)
                        .jsonPath("$.list[0].stage")
                        .isEqualTo("STORING")
                        .jsonPath("$.list[0].rows")
                        .isEqualTo(25)
                        .jsonPath("$.list[0].rowsRead")
                        .isEqualTo(25)
                        .jsonPath("$.list[0].rowsCompared")
                        .isEqualTo(25)
                        .jsonPath("$.list[0].rowsClaimed")
                        .isEqualTo(25)
                        .jsonPath("$.list[0].rowsStored")
                        .isEqualTo(0)
                        .jsonPath("$.list[0].stalled")
                        .isEqualTo(false)
                        .jsonPath("$.list[0].finishedAt")
                        .isEmpty());
        gate.tryEmitEmpty();

        assertThat(upload.join()).isEqualTo(200);
        String importId =
                world.log.account(activity.activityId()).range(0).importId().value();
        other.get()
                .uri(path("/imports/" + importId))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.stage")
                .isEqualTo("DONE")
                .jsonPath("$.rowsStored")
                .isEqualTo(25)
                .jsonPath("$.from")
                .isEqualTo(0)
                .jsonPath("$.to")
                .isEqualTo(25)
                .jsonPath("$.added")
                .isEqualTo(true)
                .jsonPath("$.finishedAt")
                .isNotEmpty();
    }

    @Test
    void anUploadIsSeenWhileItComesIn() {
        WebTestClient other = instance();
        Flux<String> slow = Flux.concat(
                Flux.just("code,ticket\n", "a,standard\n"),
                gate.asMono().cast(String.class),
                Flux.just("b,standard\n"));
        CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> other.post()
                .uri(path("/codes"))
                .contentType(CSV)
                .body(slow, String.class)
                .exchange()
                .expectStatus()
                .isOk());

        await().atMost(PATIENCE)
                .untilAsserted(() -> other.get()
                        .uri(path("/imports"))
                        .exchange()
                        .expectBody()
                        .jsonPath("$.list[0].stage")
                        .isEqualTo("RECEIVING")
                        .jsonPath("$.list[0].bytes")
                        .isEqualTo(23)
                        .jsonPath("$.list[0].importId")
                        .isEmpty());
        gate.tryEmitEmpty();

        upload.join();
        assertThat(world.codesBySequence(activity)).containsExactly("a", "b");
    }

    @Test
    void whoeverDoesNotWantToWaitIsToldWhereToLook() throws Exception {
        WebTestClient first = instance(this::gated, Clock.systemUTC());
        String location = first.post()
                .uri(path("/codes"))
                .header("Prefer", "wait=1, respond-async")
                .contentType(CSV)
                .bodyValue(ImportWorld.csv("a", 25).getBytes(StandardCharsets.UTF_8))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Preference-Applied", "respond-async")
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getFirst("Location");
        assertThat(world.log.events()).isEmpty();
        gate.tryEmitEmpty();

        await().atMost(PATIENCE)
                .untilAsserted(() -> instance()
                        .get()
                        .uri(location)
                        .exchange()
                        .expectBody()
                        .jsonPath("$.stage")
                        .isEqualTo("DONE"));
        assertThat(world.codesBySequence(activity)).hasSize(25);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.leftFiles()).isEmpty());
    }

    @Test
    void badRowsAreToldInTheBackgroundToo() {
        String location = instance()
                .post()
                .uri(path("/codes"))
                .header("Prefer", "respond-async")
                .contentType(CSV)
                .bodyValue("code,ticket\na,standard\na,standard\n,standard\n".getBytes(StandardCharsets.UTF_8))
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getFirst("Location");

        await().atMost(PATIENCE)
                .untilAsserted(() -> instance()
                        .get()
                        .uri(location)
                        .exchange()
                        .expectBody()
                        .jsonPath("$.stage")
                        .isEqualTo("REFUSED")
                        .jsonPath("$.problem")
                        .isEqualTo("bad-rows")
                        .jsonPath("$.badRows")
                        .isEqualTo(2)
                        .jsonPath("$.errors[0].row")
                        .isEqualTo(3)
                        .jsonPath("$.errors[1].row")
                        .isEqualTo(4));
    }

    @Test
    void anImportWhoseInstanceIsGoneIsSaidToStall() {
        TestClock later = new TestClock();
        new MongoImportJobs(world.database)
                .save(new ImportJob(
                        "dead",
                        activity.activityId(),
                        new ImportId("content"),
                        ImportJob.Stage.CLAIMING,
                        new ImportJob.Counts(1, 1, 9, 9, 9, 3, 0),
                        ImportJob.Result.NONE,
                        later.millis(),
                        later.millis(),
                        0))
                .block(PATIENCE);
        WebTestClient other = instance(UnaryOperator.identity(), later);
        stalled(other, false);

        later.goOn(Duration.ofSeconds(31));

        stalled(other, true);
    }

    private void stalled(WebTestClient client, boolean expected) {
        client.get()
                .uri(path("/imports/dead"))
                .exchange()
                .expectBody()
                .jsonPath("$.stalled")
                .isEqualTo(expected);
    }

    @Test
    void jobsAreShownToTheirActivityOnly() {
        Activity another = world.activity("another");
        instance()
                .post()
                .uri(path("/codes"))
                .contentType(CSV)
                .bodyValue("code,ticket\na,standard\n".getBytes(StandardCharsets.UTF_8))
                .exchange()
                .expectStatus()
                .isOk();
        ActivityId other = another.activityId();

        instance()
                .get()
                .uri("/admin/activities/" + other + "/imports")
                .exchange()
                .expectBody()
                .jsonPath("$.list.length()")
                .isEqualTo(0);
    }
}
