package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** An operator's call at an instance that has not read yet what another one has created. */
class ReadBeforeUnknownTest {
    private static final Activity ELSEWHERE =
            TestActivities.of(new ActivityId("created-elsewhere"), ActivityState.DRAFT, 100, 200, 1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final Tokens tokens = new Tokens("a-secret-for-tests-of-32-bytes-or-more", Clock.systemUTC());
    private final AtomicInteger reads = new AtomicInteger();

    private CompletableFuture<Void> readsIt() {
        reads.incrementAndGet();
        return catalogue.save(ELSEWHERE).then().toFuture();
    }

    private WebTestClient behind(HandlerFilterFunction<ServerResponse, ServerResponse> filter) {
        return WebTestClient.bindToRouterFunction(route().GET(
                                "/admin/activities/{id}",
                                request -> ActivityHandler.withActivity(
                                        catalogue,
                                        request,
                                        activity -> ServerResponse.ok().build()))
                        .filter(new ProblemFilter())
                        .filter(filter)
                        .build())
                .build();
    }

    private HandlerFilterFunction<ServerResponse, ServerResponse> operators() {
        return RequireRole.of(tokens, Role.OPERATOR);
    }

    private WebTestClient reading(Supplier<CompletableFuture<Void>> readThrough, Duration atMost) {
        return behind(operators().andThen(new ReadBeforeUnknown(catalogue, readThrough, atMost)));
    }

    private ResponseSpec get(WebTestClient client, String id, String... roles) {
        return client.get()
                .uri("/admin/activities/" + id)
                .headers(headers -> headers.setBearerAuth(tokens.issue(new UserId("somebody"), Set.of(roles))))
                .exchange();
    }

    @Test
    void whatAnotherInstanceHasCreatedIsReadBeforeItIsAnswered() {
        get(reading(this::readsIt, PATIENCE), "created-elsewhere", Role.OPERATOR)
                .expectStatus()
                .isOk();
    }

    @Test
    void withoutItTheInstanceThatLagsWouldSayThatThereIsNone() {
        get(behind(operators()), "created-elsewhere", Role.OPERATOR)
                .expectStatus()
                .isNotFound();
    }

    @Test
    void whatNobodyHasCreatedIsNotThere() {
        get(reading(this::readsIt, PATIENCE), "nowhere", Role.OPERATOR)
                .expectStatus()
                .isNotFound();
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatIsKnownOrNoIdAtAllIsAnsweredAtOnce() {
        catalogue.save(ELSEWHERE).block(PATIENCE);
        WebTestClient client = reading(this::readsIt, PATIENCE);

        get(client, "created-elsewhere", Role.OPERATOR).expectStatus().isOk();
        get(client, "no%20id", Role.OPERATOR).expectStatus().isNotFound();

        assertThat(reads).hasValue(0);
    }

    @Test
    void whoMayNotAskHasNothingRead() {
        get(reading(this::readsIt, PATIENCE), "created-elsewhere")
                .expectStatus()
                .isForbidden();
        assertThat(reads).hasValue(0);
    }

    @Test
    void whereItCannotBeReadNobodyIsToldThatThereIsNone() {
        refused(reading(CompletableFuture::new, Duration.ofMillis(1)), "activity-not-known-yet");
        refused(
                reading(() -> CompletableFuture.failedFuture(new TimeoutException("no broker")), PATIENCE),
                "servers-unavailable");
    }

    private void refused(WebTestClient client, String kind) {
        get(client, "created-elsewhere", Role.OPERATOR)
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.type")
                .value(String.class, type -> assertThat(type).endsWith(kind));
    }
}
