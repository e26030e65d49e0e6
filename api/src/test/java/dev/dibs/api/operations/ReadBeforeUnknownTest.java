package dev.dibs.api.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerResponse;

/** An operator's call at an instance that has not read yet what another one has created. */
class ReadBeforeUnknownTest {
    private static final Activity ELSEWHERE =
            TestActivities.of(new ActivityId("created-elsewhere"), ActivityState.DRAFT, 100, 200, 1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final Tokens tokens = new Tokens("a-secret-for-tests-of-32-bytes-or-more", Clock.systemUTC());
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<Thread> answeredBy = new AtomicReference<>();

    private CompletableFuture<Void> readsIt() {
        reads.incrementAndGet();
        return catalogue.save(ELSEWHERE).then().toFuture();
    }

    private WebTestClient client(HandlerStrategies strategies) {
        return WebTestClient.bindToRouterFunction(route().GET(
                                "/admin/activities/{id}",
                                request -> ActivityHandler.withActivity(catalogue, request, activity -> {
                                    answeredBy.set(Thread.currentThread());
                                    return ServerResponse.ok().build();
                                }))
                        .GET("/admin/other/{id}", request -> ServerResponse.ok().build())
                        .build())
                .handlerStrategies(strategies)
                .build();
    }

    private WebTestClient reading(Supplier<CompletableFuture<Void>> readThrough, Duration atMost) {
        return client(HandlerStrategies.builder()
                .webFilter(new ReadBeforeUnknown(catalogue, tokens, new ReadFirst("a-topic", readThrough, atMost)))
                .build());
    }

    private int get(WebTestClient client, String path, String... roles) {
        return client.get()
                .uri(URI.create("/admin/" + path))
                .headers(headers -> headers.setBearerAuth(tokens.issue(new UserId("somebody"), Set.of(roles))))
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    @ParameterizedTest
    @ValueSource(strings = {Role.OPERATOR, Role.ANALYST})
    void whatAnotherInstanceHasCreatedIsReadBeforeItIsAnswered(String role) {
        assertThat(get(reading(this::readsIt, PATIENCE), "activities/created-elsewhere", role))
                .isEqualTo(200);
    }

    @Test
    void withoutItTheInstanceThatLagsWouldSayThatThereIsNone() {
        assertThat(get(client(HandlerStrategies.withDefaults()), "activities/created-elsewhere", Role.OPERATOR))
                .isEqualTo(404);
    }

    @Test
    void whatNobodyHasCreatedIsNotThere() {
        assertThat(get(reading(this::readsIt, PATIENCE), "activities/nowhere", Role.OPERATOR))
                .isEqualTo(404);
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatIsKnownOrNoActivityIsAnsweredAtOnce() {
        catalogue.save(ELSEWHERE).block(PATIENCE);
        WebTestClient client = reading(this::readsIt, PATIENCE);

        assertThat(get(client, "activities/created-elsewhere", Role.OPERATOR)).isEqualTo(200);
        assertThat(get(client, "activities/no%20id", Role.OPERATOR)).isEqualTo(404);
        assertThat(get(client, "other/nowhere", Role.OPERATOR)).isEqualTo(200);

        assertThat(reads).hasValue(0);
    }

    @Test
    void whoMayNotAskHasNothingRead() {
        get(reading(this::readsIt, PATIENCE), "activities/created-elsewhere", Role.BUYER);
        assertThat(reads).hasValue(0);
    }

    @Test
    void whereItCannotBeReadTheCallGoesOnWithWhatIsKnown() {
        assertThat(get(
                        reading(CompletableFuture::new, Duration.ofMillis(1)),
                        "activities/created-elsewhere",
                        Role.OPERATOR))
                .isEqualTo(404);
        assertThat(get(
                        reading(() -> CompletableFuture.failedFuture(new TimeoutException("no broker")), PATIENCE),
                        "activities/created-elsewhere",
                        Role.OPERATOR))
                .isEqualTo(404);
    }

    @Test
    void theThreadThatReadsDoesNotAnswer() {
        AtomicReference<Thread> reader = new AtomicReference<>();
        Supplier<CompletableFuture<Void>> onAThreadOfItsOwn = () -> {
            CompletableFuture<Void> read = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                readsIt().join();
                read.complete(null);
            });
            reader.set(thread);
            thread.start();
            return read;
        };

        get(reading(onAThreadOfItsOwn, PATIENCE), "activities/created-elsewhere", Role.OPERATOR);

        assertThat(answeredBy.get()).isNotNull().isNotEqualTo(reader.get());
    }
}
