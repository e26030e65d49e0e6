package dev.dibs.api.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.TestClock;
import dev.dibs.api.access.AdminGuard;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.operations.ReadBeforeUnknown;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.trail.TrailEntry;
import dev.dibs.trail.TrailEntry.Stage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.OrderComparator;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class TrailFilterTest {
    private static final String SECRET = "MNP-X3GQ-SV8N-DE3Q";

    private final TestClock clock = new TestClock();
    private final Tokens tokens = new Tokens("a secret of more than thirty-two bytes", clock);
    private final MemoryTrail trail = new MemoryTrail();
    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger toldBeforeTheFirstByte = new AtomicInteger();

    /** Routes that know nothing of the trail. */
    private final RouterFunction<ServerResponse> routes = RouterFunctions.route()
            .path(
                    "/admin/activities",
                    below -> below.POST(
                                    "",
                                    request -> ServerResponse.created(URI.create("/admin/activities/new-one"))
                                            .build())
                            .POST("/{id}/publish", request -> {
                                done.incrementAndGet();
                                return ServerResponse.ok().build();
                            })
                            .POST("/{id}/fails", request -> {
                                throw new IllegalStateException("broken");
                            }))
            .DELETE(
                    "/admin/blocks/{user}",
                    request -> ServerResponse.noContent().build())
            .POST("/admin/tickets/redeem", request -> {
                TrailNotes.activity(request, new ActivityId("movie"));
                TrailNotes.target(request, "ticket-1");
                TrailNotes.outcome(request, "already-redeemed");
                return ServerResponse.status(409).build();
            })
            .GET("/admin/activities", request -> ServerResponse.ok().build())
            .GET("/admin/activities/{id}/results.csv", request -> endless())
            .GET("/admin/audit.csv", request -> ServerResponse.ok().build())
            .build();

    private final HandlerStrategies strategies = HandlerStrategies.withDefaults();
    private final TrailFilter filter = new TrailFilter(
            trail.trail(clock),
            tokens,
            new CallNames(
                    () -> routes,
                    exchange -> ServerRequest.create(exchange, strategies.messageReaders()),
                    id -> id.value().equals("movie") || catalogue.find(id) != null),
            new ServerResponse.Context() {
                @Override
                public List<HttpMessageWriter<?>> messageWriters() {
                    return strategies.messageWriters();
                }

                @Override
                public List<ViewResolver> viewResolvers() {
                    return List.of();
                }
            });
    private final WebTestClient client = WebTestClient.bindToRouterFunction(routes)
            .handlerStrategies(HandlerStrategies.builder()
                    .webFilter(filter)
                    .webFilter(new AdminGuard(tokens))
                    .build())
            .build();

    /** More than anybody could hold. */
    private Mono<ServerResponse> endless() {
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(
                        Flux.interval(Duration.ZERO, Duration.ofMillis(1))
                                .onBackpressureDrop()
                                .doOnSubscribe(reading -> {
                                    done.incrementAndGet();
                                    toldBeforeTheFirstByte.set(trail.entries.size());
                                })
                                .map(row -> "row " + row),
                        String.class);
    }

    private int ask(HttpMethod method, String path, String... roles) {
        WebTestClient.RequestHeadersSpec<?> request = client.method(method).uri(URI.create(path));
        if (roles.length > 0) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.issue(new UserId("someone"), Set.of(roles)));
        }
        return request.exchange().returnResult(Void.class).getStatus().value();
    }

    private int post(String path, String... roles) {
        return ask(HttpMethod.POST, path, roles);
    }

    @Test
    void whatIsDoneIsToldBeforeAndAfter() {
        post("/admin/activities/movie/publish?reason=" + SECRET, Role.OPERATOR);

        assertThat(trail.entries).hasSize(2);
        TrailEntry begun = trail.entries.get(0);
        TrailEntry ended = trail.entries.get(1);
        assertThat(begun.stage()).isEqualTo(Stage.BEGUN);
        assertThat(begun.action()).isEqualTo("POST /admin/activities/{id}/publish");
        assertThat(begun.activityId()).isEqualTo("movie");
        assertThat(begun.actor()).isEqualTo("someone");
        assertThat(begun.roles()).isEqualTo("operator");
        assertThat(ended.callId()).isEqualTo(begun.callId());
        assertThat(ended.stage()).isEqualTo(Stage.ENDED);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.outcome()).isEqualTo("done");
        assertThat(trail.entries.toString()).doesNotContain(SECRET);
    }

    @Test
    void withoutTheTrailNothingIsDone() {
        trail.breaks();
        assertThat(post("/admin/activities/movie/publish", Role.OPERATOR)).isEqualTo(503);
        trail.saysNothing();
        assertThat(post("/admin/activities/movie/publish", Role.OPERATOR)).isEqualTo(503);

        assertThat(done).hasValue(0);
        assertThat(trail.entries)
                .as("what the trail did take after all, it is told the end of")
                .extracting(TrailEntry::outcome)
                .containsExactly("", "trail-unavailable");
        assertThat(ask(HttpMethod.GET, "/admin/activities", Role.OPERATOR)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/activities/movie/results.csv", "/admin/audit.csv", "/admin/%61udit.csv"})
    void withoutTheTrailNothingIsTakenAway(String path) {
        trail.breaks();

        assertThat(ask(HttpMethod.GET, path, Role.ANALYST)).isEqualTo(503);
        assertThat(done).hasValue(0);
    }

    @Test
    void anExportIsToldBeforeItsFirstByteAndIsNotHeldBackUntilItsLast() {
        client.get()
                .uri("/admin/activities/movie/results.csv?columns=" + SECRET)
                .header(
                        HttpHeaders.AUTHORIZATION,
                        "Bearer " + tokens.issue(new UserId("someone"), Set.of(Role.ANALYST)))
                .exchange()
                .returnResult(String.class)
                .getResponseBody()
                .take(3)
                .blockLast(Duration.ofSeconds(10));

        assertThat(toldBeforeTheFirstByte).hasValue(1);
        await().untilAsserted(() -> assertThat(trail.entries)
                .extracting(TrailEntry::stage, TrailEntry::action, TrailEntry::activityId)
                .containsExactly(
                        tuple(Stage.BEGUN, "GET /admin/activities/{id}/results.csv", "movie"),
                        tuple(Stage.ENDED, "GET /admin/activities/{id}/results.csv", "movie")));
        assertThat(trail.entries.toString()).doesNotContain(SECRET);
    }

    @Test
    void whoReadsTheTrailAsAFileIsInIt() {
        assertThat(ask(HttpMethod.GET, "/admin/%61udit.csv", Role.ANALYST)).isEqualTo(200);
        assertThat(ask(HttpMethod.GET, "/admin/audit.csv", Role.GATE)).isEqualTo(403);
        assertThat(ask(HttpMethod.GET, "/admin/audit.csv")).isEqualTo(401);

        assertThat(trail.entries)
                .extracting(TrailEntry::stage, TrailEntry::action, TrailEntry::roles, TrailEntry::outcome)
                .containsExactly(
                        tuple(Stage.BEGUN, "GET /admin/audit.csv", "analyst", ""),
                        tuple(Stage.ENDED, "GET /admin/audit.csv", "analyst", "done"),
                        tuple(Stage.ENDED, "GET /admin/audit.csv", "gate", "forbidden"),
                        tuple(Stage.ENDED, "GET /admin/audit.csv", "", "unauthenticated"));
    }

    @Test
    void withoutTheFilterARouteThatForgotTheTrailWouldLeaveNone() {
        WebTestClient.bindToRouterFunction(routes)
                .build()
                .post()
                .uri("/admin/activities/movie/publish")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(done).hasValue(1);
        assertThat(trail.entries).isEmpty();
    }

    @Test
    void refusalsFailuresAndWhatARouteKnowsAreTold() {
        assertThat(post("/admin/activities/movie/publish")).isEqualTo(401);
        assertThat(post("/admin/activities/movie/publish", Role.ANALYST)).isEqualTo(403);
        assertThat(post("/admin/activities/movie/publish", Role.GATE)).isEqualTo(403);
        assertThat(post("/admin/activities/movie/fails", Role.OPERATOR)).isEqualTo(500);
        assertThat(post("/admin/activities", Role.OPERATOR)).isEqualTo(201);
        assertThat(post("/admin/tickets/redeem", Role.GATE)).isEqualTo(409);
        assertThat(ask(HttpMethod.DELETE, "/admin/blocks/anna", Role.OPERATOR)).isEqualTo(204);

        assertThat(trail.entries)
                .filteredOn(entry -> entry.stage() == Stage.ENDED)
                .extracting(
                        TrailEntry::status,
                        TrailEntry::outcome,
                        TrailEntry::activityId,
                        TrailEntry::target,
                        TrailEntry::actor)
                .containsExactly(
                        tuple(401, "unauthenticated", "movie", "", ""),
                        tuple(403, "forbidden", "movie", "", "someone"),
                        tuple(403, "forbidden", "movie", "", "someone"),
                        tuple(500, "failed", "movie", "", "someone"),
                        tuple(201, "done", "new-one", "", "someone"),
                        tuple(409, "already-redeemed", "movie", "ticket-1", "someone"),
                        tuple(204, "done", "", "anna", "someone"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/tickets/redeem/MNP-X3GQ-SV8N-DE3Q",
                "/admin/MNP-X3GQ-SV8N-DE3Q",
                "/admin/activities/MNP-X3GQ-SV8N-DE3Q/publish",
                "/%61dmin/MNP-X3GQ-SV8N-DE3Q"
            })
    void aCodeInAPathDoesNotGetIntoTheTrail(String path) {
        client.post()
                .uri(URI.create(path))
                .header(
                        HttpHeaders.AUTHORIZATION,
                        "Bearer " + tokens.issue(new UserId("someone"), Set.of(Role.OPERATOR)))
                .exchange();

        assertThat(trail.entries).hasSize(2);
        assertThat(trail.entries.toString()).doesNotContain(SECRET);
    }

    @Test
    void aFloodOfStrangersIsCountedAndNotTold() {
        for (int i = 0; i < 10; i++) {
            post("/admin/activities/movie/publish");
        }
        assertThat(trail.entries).hasSize(MemoryTrail.REFUSALS);
        clock.goOn(Duration.ofSeconds(10));
        post("/admin/activities/movie/publish");

        assertThat(trail.entries).hasSize(MemoryTrail.REFUSALS + 1);
        assertThat(trail.entries.get(MemoryTrail.REFUSALS).suppressed()).isEqualTo(10 - MemoryTrail.REFUSALS);
        post("/admin/activities/movie/publish", Role.OPERATOR);
        assertThat(trail.entries).as("whoever may act is told of always").hasSize(MemoryTrail.REFUSALS + 3);
    }

    @Test
    void lookingLeavesNoTrace() {
        ask(HttpMethod.GET, "/admin/activities", Role.OPERATOR);
        ask(HttpMethod.GET, "/admin/activities");

        assertThat(trail.entries).isEmpty();
    }

    /** As where another instance has created it a moment ago. */
    @Test
    void whatIsReadOnlyBecauseSomebodyAsksIsToldByItsName() {
        Activity elsewhere = TestActivities.of(new ActivityId("elsewhere"), ActivityState.DRAFT, 100, 200, 1);
        ReadFirst readFirst =
                new ReadFirst("a-topic", () -> catalogue.save(elsewhere).then().toFuture(), Duration.ofMinutes(1));
        ReadBeforeUnknown reading = new ReadBeforeUnknown(catalogue, tokens, readFirst);
        List<WebFilter> filters = new ArrayList<>(List.of(filter, new AdminGuard(tokens), reading));
        OrderComparator.sort(filters);
        HandlerStrategies.Builder inOrder = HandlerStrategies.builder();
        filters.forEach(inOrder::webFilter);

        WebTestClient.bindToRouterFunction(routes)
                .handlerStrategies(inOrder.build())
                .build()
                .post()
                .uri("/admin/activities/elsewhere/publish")
                .headers(headers -> headers.setBearerAuth(tokens.issue(new UserId("someone"), Set.of(Role.OPERATOR))))
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(trail.entries).extracting(TrailEntry::activityId).containsExactly("elsewhere", "elsewhere");
    }
}
