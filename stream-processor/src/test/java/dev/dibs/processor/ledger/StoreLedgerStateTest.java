package dev.dibs.processor.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.TicketEvent;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.processor.RandomEvents;
import dev.dibs.processor.state.Remembered;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of a ledger's memory: it must not matter to a verdict where the ledger keeps what it knows. */
final class StoreLedgerStateTest {
    private static final int EVENTS = 3_000;
    private static final List<ActivityId> ACTIVITIES =
            List.of(new ActivityId("a"), new ActivityId("a-1"), new ActivityId("movie-night"));

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.dibs.processor.Seeds#some")
    void givesTheVerdictsThatMemoryGives(long seed) {
        StoreLedgerState stores = stores();
        MemoryLedgerState memory = new MemoryLedgerState();
        Ledger ledgerOverStores = new Ledger(stores);
        Ledger ledgerInMemory = new Ledger(memory);
        RandomEvents events = new RandomEvents(seed, ACTIVITIES);

        for (long offset = 0; offset < EVENTS; offset++) {
            TicketEvent event = events.next();
            Verdict expected = ledgerInMemory.apply(offset, event);

            Verdict verdict = ledgerOverStores.apply(offset, event);

            assertThat(verdict)
                    .as("seed %d, offset %d, %s", seed, offset, event)
                    .isEqualTo(expected);
            if (event instanceof EpochOpened) {
                events.opened(event.activityId(), offset);
            }
        }

        ACTIVITIES.forEach(activity -> assertRemembersAlike(stores, memory, activity));
    }

    @Test
    void theRandomEventsTryEveryRule() {
        Ledger ledger = new Ledger(new MemoryLedgerState());
        RandomEvents events = new RandomEvents(1, ACTIVITIES);
        Set<Verdict> seen = EnumSet.noneOf(Verdict.class);

        for (long offset = 0; offset < EVENTS; offset++) {
            TicketEvent event = events.next();
            seen.add(ledger.apply(offset, event));
            if (event instanceof EpochOpened) {
                events.opened(event.activityId(), offset);
            }
        }

        assertThat(seen).isEqualTo(EnumSet.allOf(Verdict.class));
    }

    private static void assertRemembersAlike(StoreLedgerState stores, MemoryLedgerState memory, ActivityId activity) {
        var stored = stores.account(activity);
        var remembered = memory.account(activity);
        assertThat(stored.epoch()).isEqualTo(remembered.epoch());
        assertThat(stored.stock()).isEqualTo(remembered.stock());
        assertThat(stored.limitPerUser()).isEqualTo(remembered.limitPerUser());
        for (int sequence = 0; sequence <= remembered.stock(); sequence++) {
            assertThat(stored.holding(sequence)).isEqualTo(remembered.holding(sequence));
        }
        for (int user = 0; user < 60; user++) {
            UserId userId = new UserId("user-" + user);
            assertThat(stored.held(userId)).isEqualTo(remembered.held(userId));
        }
    }

    private StoreLedgerState stores() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "contract");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nobody:1");
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
        return new StoreLedgerState(
                // Of three activities two: one is always asked for again.
                new Remembered<>(open(context, "accounts", Account.SERDE), 2),
                open(context, "imports", Serdes.Integer()),
                open(context, "grants", Grant.SERDE),
                open(context, "users", Serdes.Integer()),
                new Sending());
    }

    private static <V> KeyValueStore<String, V> open(
            MockProcessorContext<Void, Void> context, String name, Serde<V> value) {
        KeyValueStore<String, V> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), value)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
