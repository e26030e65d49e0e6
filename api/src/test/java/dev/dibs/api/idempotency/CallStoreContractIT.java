package dev.dibs.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.dibs.api.TestClock;
import dev.dibs.api.idempotency.CallStore.Run;
import dev.dibs.api.idempotency.CallStore.Standing;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.MongoServers;
import dev.dibs.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What the store of calls promises, on each server at hand. */
@Timeout(60)
class CallStoreContractIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Run ONE = new Run("call", "one");
    private static final Run TWO = new Run("call", "two");
    private static final KeptAnswer ANSWER =
            new KeptAnswer(201, Map.of("ETag", "\"1\""), "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void ofManyWhoBeginACallAtOnceOneBegins(MongoServer server) {
        on(server, (store, clock) -> {
            List<Standing> standings = Flux.range(0, 32)
                    .flatMap(i -> store.begin(new Run("call", "run-" + i), "f").subscribeOn(Schedulers.parallel()), 32)
                    .collectList()
                    .block(PATIENCE);

            assertThat(standings)
                    .hasSize(32)
                    .filteredOn(Standing.Begun.class::isInstance)
                    .hasSize(1);
            assertThat(standings)
                    .filteredOn(standing -> !(standing instanceof Standing.Begun))
                    .allMatch(Standing.UnderWay.class::isInstance);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void anAnswerIsKeptForTheSameRequestAndNoOther(MongoServer server) {
        on(server, (store, clock) -> {
            begin(store, ONE, "f");
            store.answered(ONE, ANSWER).block(PATIENCE);

            Standing.Answered known = (Standing.Answered) begin(store, TWO, "f");
            assertThat(known.answer().status()).isEqualTo(201);
            assertThat(known.answer().headers()).containsExactlyEntriesOf(ANSWER.headers());
            assertThat(known.answer().body()).isEqualTo(ANSWER.body());
            assertThat(begin(store, TWO, "g")).isInstanceOf(Standing.OfAnother.class);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whoeverIsNotHeardOfIsReplacedAndCannotAnswerAnyMore(MongoServer server) {
        on(server, (store, clock) -> {
            begin(store, ONE, "f");
            clock.goOn(LEASE.minusSeconds(1));
            store.keepAlive(ONE).block(PATIENCE);
            clock.goOn(LEASE.minusSeconds(1));
            assertThat(begin(store, TWO, "f")).isInstanceOf(Standing.UnderWay.class);
            clock.goOn(Duration.ofSeconds(2));

            assertThat(begin(store, TWO, "f")).isInstanceOf(Standing.Begun.class);

            store.answered(ONE, ANSWER).block(PATIENCE);
            store.forget(ONE).block(PATIENCE);
            assertThat(begin(store, new Run("call", "three"), "f")).isInstanceOf(Standing.UnderWay.class);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aSignOfLifeThatComesLateUndoesNoAnswer(MongoServer server) {
        on(server, (store, clock) -> {
            begin(store, ONE, "f");
            store.answered(ONE, new KeptAnswer(200, Map.of(), null)).block(PATIENCE);

            store.keepAlive(ONE).block(PATIENCE);

            assertThat(((Standing.Answered) begin(store, TWO, "f")).answer().isWhole())
                    .isFalse();
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void whatIsForgottenIsAsIfItHadNeverBeen(MongoServer server) {
        on(server, (store, clock) -> {
            begin(store, ONE, "f");
            store.forget(ONE).block(PATIENCE);

            assertThat(begin(store, TWO, "another")).isInstanceOf(Standing.Begun.class);
        });
    }

    @ParameterizedTest
    @ArgumentsSource(MongoServers.class)
    void aKeyIsFreeAgainAfterItsTimeAndIsPurgedInPortions(MongoServer server) {
        on(server, (store, clock) -> {
            for (int i = 0; i < 5; i++) {
                Run run = new Run("call-" + i, "one");
                begin(store, run, "f");
                store.answered(run, ANSWER).block(PATIENCE);
            }
            assertThat(store.purge(10).block(PATIENCE)).isZero();
            clock.goOn(KEPT);
            assertThat(begin(store, new Run("call-0", "two"), "another")).isInstanceOf(Standing.Begun.class);

            assertThat(store.purge(3).block(PATIENCE)).isEqualTo(3);
            assertThat(store.purge(3).block(PATIENCE)).isEqualTo(1);
            assertThat(store.purge(3).block(PATIENCE)).isZero();
            assertThat(begin(store, new Run("call-0", "three"), "another")).isInstanceOf(Standing.UnderWay.class);
        });
    }

    private static Standing begin(CallStore store, Run run, String fingerprint) {
        return store.begin(run, fingerprint).block(PATIENCE);
    }

    private static void on(MongoServer server, BiConsumer<CallStore, TestClock> test) {
        String name = TestDatabase.nameFor(CallStoreContractIT.class);
        try (MongoClient client = MongoClients.create(server.uri())) {
            TestClock clock = new TestClock();
            test.accept(new MongoCallStore(client.getDatabase(name), LEASE, KEPT, clock), clock);
            Mono.from(client.getDatabase(name).drop()).block(PATIENCE);
        }
    }
}
