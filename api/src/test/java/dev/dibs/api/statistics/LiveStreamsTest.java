package dev.dibs.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.ActivityState;
import dev.dibs.api.TestClock;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.verdict.MemoryLedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.scheduler.VirtualTimeScheduler;

final class LiveStreamsTest {
    private static final ActivityId ID = new ActivityId("movie-night");
    private static final int MOST = 2;

    private final TestClock clock = new TestClock();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final MemoryLedgerView ledger = new MemoryLedgerView();
    private final StatisticsTable table = new StatisticsTable(id -> true);
    private final LiveStreams streams =
            new LiveStreams(new LiveViews(catalogue, ledger, table, new GrantRates(), clock), MOST, time);
    private final AtomicBoolean mayWatch = new AtomicBoolean(true);

    @BeforeEach
    void sell() {
        save(ActivityState.PUBLISHED, 1);
        ledger.open(ID, 2, 1);
    }

    @Test
    void whileTheSaleGoesOnThereIsAnEventEachSecond() {
        Watcher watcher = watch(Long.MAX_VALUE);

        goOn(Duration.ofSeconds(5));

        assertThat(watcher.events).hasSize(6);
        assertThat(watcher.events).allSatisfy(event -> {
            assertThat(event.event()).isEqualTo("stats");
            assertThat(event.id()).isNotEmpty();
        });
    }

    @Test
    void thatItIsSoldOutIsToldAtOnce() {
        Watcher watcher = watch(Long.MAX_VALUE);
        ledger.grab(ID, 0, new UserId("anna"), clock.millis());
        ledger.grab(ID, 1, new UserId("bert"), clock.millis());

        goOn(Duration.ofMillis(200));

        assertThat(watcher.events).hasSize(2);
        assertThat(watcher.last()).containsEntry("phase", "sold-out").containsEntry("remaining", 0);
    }

    @Test
    void thatItHasEndedIsToldAtOnce() {
        Watcher watcher = watch(Long.MAX_VALUE);
        save(ActivityState.ENDED, 2);

        goOn(Duration.ofMillis(200));

        assertThat(watcher.last()).containsEntry("phase", "over");
    }

    @Test
    void whereNothingHappensAnyMoreThereAreHeartbeatsAndWhatIsNewIsTold() {
        save(ActivityState.PAUSED, 2);
        Watcher watcher = watch(Long.MAX_VALUE);

        goOn(Duration.ofSeconds(25));
        assertThat(watcher.events).hasSize(3);
        assertThat(watcher.events.subList(1, 3))
                .allSatisfy(event -> assertThat(event.comment()).isNotEmpty());

        table.totals(LiveViewTest.totals(ID, 0), clock.millis());
        goOn(Duration.ofSeconds(2));
        assertThat(watcher.events).hasSize(4);
        assertThat(watcher.last()).containsEntry("requests", 7L);
    }

    @Test
    void aStreamEndsWithItsToken() {
        Watcher watcher = watch(Long.MAX_VALUE);
        mayWatch.set(false);

        goOn(Duration.ofMillis(200));

        assertThat(watcher.last()).isEqualTo(Map.of("reason", "token-not-valid"));
        assertThat(watcher.completed).isTrue();
        assertThat(streams.open()).isZero();
    }

    @Test
    void aServerThatStopsEndsItsStreams() {
        Watcher watcher = watch(Long.MAX_VALUE);
        streams.close();

        goOn(Duration.ofMillis(200));

        assertThat(watcher.last()).isEqualTo(Map.of("reason", "shutting-down"));
        assertThat(watcher.completed).isTrue();
    }

    @Test
    void moreStreamsThanAllowedAreRefusedAndOneThatIsGoneMakesRoom() {
        Watcher first = watch(Long.MAX_VALUE);
        watch(Long.MAX_VALUE);
        assertThat(streams.isFull()).isTrue();

        Watcher third = watch(Long.MAX_VALUE);
        first.cancel();
        Watcher fourth = watch(Long.MAX_VALUE);

        assertThat(third.last()).isEqualTo(Map.of("reason", "too-many-streams"));
        assertThat(fourth.last()).containsEntry("phase", "on-sale");
        assertThat(streams.open()).isEqualTo(MOST);
    }

    @Test
    void forASlowWatcherNothingIsKeptAndWhatItReadsNextIsAsOfThen() {
        Watcher slow = watch(1);
        goOn(Duration.ofSeconds(60));
        assertThat(slow.events).hasSize(1);
        ledger.grab(ID, 0, new UserId("anna"), clock.millis());

        slow.request(1);
        goOn(Duration.ofSeconds(1));

        assertThat(slow.events).hasSize(2);
        assertThat(slow.last()).containsEntry("granted", 1).containsEntry("at_ms", clock.millis() - 1_000 + 200);
        goOn(Duration.ofSeconds(60));
        assertThat(slow.events).hasSize(2);
    }

    private void save(ActivityState state, long version) {
        catalogue
                .save(TestActivities.of(ID, state, clock.seconds() - 10, clock.seconds() + 3_600, version))
                .block();
    }

    private void goOn(Duration by) {
        Duration step = Duration.ofMillis(200);
        for (Duration gone = Duration.ZERO; gone.compareTo(by) < 0; gone = gone.plus(step)) {
            clock.goOn(step);
            time.advanceTimeBy(step);
        }
    }

    private Watcher watch(long events) {
        Watcher watcher = new Watcher(events);
        streams.of(ID, mayWatch::get).subscribe(watcher);
        time.advanceTimeBy(Duration.ZERO);
        return watcher;
    }

    private static final class Watcher extends BaseSubscriber<ServerSentEvent<Object>> {
        private final List<ServerSentEvent<Object>> events = new ArrayList<>();
        private final long wanted;
        private boolean completed;

        private Watcher(long wanted) {
            this.wanted = wanted;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(wanted);
        }

        @Override
        protected void hookOnNext(ServerSentEvent<Object> event) {
            events.add(event);
        }

        @Override
        protected void hookOnComplete() {
            completed = true;
        }

        @SuppressWarnings("unchecked")
        private Map<String, Object> last() {
            return (Map<String, Object>) events.get(events.size() - 1).data();
        }
    }
}
