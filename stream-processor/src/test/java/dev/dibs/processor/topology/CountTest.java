package dev.dibs.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ledger.Verdict;
import dev.dibs.processor.Samples;
import dev.dibs.processor.statistics.Tally;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.SecondStats;
import dev.dibs.topics.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor that dies between counting and writing, and the one that takes its stores over. */
final class CountTest {
    @TempDir
    private Path folder;

    private MockProcessorContext<String, Object> context;

    @BeforeEach
    void openStores() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "count");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nobody:1");
        context = new MockProcessorContext<>(settings, new TaskId(0, 4), folder.toFile());
        context.setCurrentSystemTimeMs(Samples.TIME);
        open(StateStores.POSITIONS);
        open(StateStores.TOTALS);
        open(StateStores.ORDER);
        open(StateStores.DEMAND);
        open(StateStores.SECONDS);
        open(StateStores.CHANGED);
        open(StateStores.FREE_SEQUENCES);
        open(StateStores.WINNER_ADDRESSES);
        open(StateStores.TOP_ADDRESSES);
    }

    @Test
    void whatWasCountedBeforeACrashIsWrittenAfterIt() {
        Count crashing = new Count(Resumption.FRESH);
        crashing.init(context);
        crashing.process(record(Tally.of(6, Samples.stock(0, 5), Verdict.VALID)));
        crashing.process(record(Tally.of(7, Samples.grab(0, 0, "anna"), Verdict.VALID)));
        context.scheduledPunctuators().clear();
        assertThat(context.forwarded()).isEmpty();

        Count next = new Count(Resumption.FRESH);
        next.init(context);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(Samples.TIME);

        assertThat(context.forwarded())
                .map(forward -> forward.record().value())
                .satisfiesExactly(
                        second -> assertThat(((SecondStats) second).granted()).isEqualTo(1), totals -> {
                            assertThat(((ActivityStats) totals).granted()).isEqualTo(1);
                            assertThat(((ActivityStats) totals).logOffset()).isEqualTo(7);
                            assertThat(((ActivityStats) totals).logPartition()).isEqualTo(4);
                        });
    }

    @Test
    void sumsAreNotShownBeforeEverythingHasBeenCountedThatWasThereAtTheStart() {
        // Given
        Resumption resumption = new Resumption(Map.of(), Map.of(Topics.TICKET_EVENTS, Map.of(4, 8L)));
        Count count = new Count(resumption);
        count.init(context);
        KeyValueStore<String, Long> positions = StateStores.POSITIONS.in(context);
        positions.put(Topics.TICKET_EVENTS, 7L);
        count.process(record(Tally.of(6, Samples.stock(0, 5), Verdict.VALID)));
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(Samples.TIME);
        assertThat(context.forwarded()).isEmpty();

        // When
        positions.put(Topics.TICKET_EVENTS, 8L);
        count.process(record(Tally.of(7, Samples.grab(0, 0, "anna"), Verdict.VALID)));
        context.scheduledPunctuators().get(1).getPunctuator().punctuate(Samples.TIME);

        // Then
        assertThat(context.forwarded())
                .map(forward -> forward.record().value())
                .filteredOn(ActivityStats.class::isInstance)
                .singleElement()
                .satisfies(totals ->
                        assertThat(((ActivityStats) totals).logOffset()).isEqualTo(7));
    }

    @Test
    void whoeverHasNothingToWriteSchedulesNothing() {
        Count count = new Count(Resumption.FRESH);

        count.init(context);

        assertThat(context.scheduledPunctuators()).isEmpty();
    }

    private static Record<Object, Tally> record(Tally tally) {
        return new Record<>(tally.activityId().value(), tally, Samples.TIME);
    }

    private <K, V> void open(StateStores.StateStore<K, V> store) {
        KeyValueStore<K, V> opened = store.builder(Stores::inMemoryKeyValueStore)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        opened.init(context.getStateStoreContext(), opened);
        context.addStateStore(opened);
    }
}
