package dev.dibs.processor.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RememberedTest {
    @TempDir
    private Path folder;

    private KeyValueStore<String, Long> store;

    @BeforeEach
    void openStore() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "remembered");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nobody:1");
        var context = new MockProcessorContext<Void, Void>(settings, new TaskId(0, 0), folder.toFile());
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("entries"), Serdes.String(), Serdes.Long())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    /** However few entries are remembered, and with every one forgotten now and then, as at a new start. */
    @ParameterizedTest
    @MethodSource("dev.dibs.processor.Seeds#some")
    void saysWhatTheStoreSays(long seed) {
        Random random = new Random(seed);
        Remembered<String, Long> remembered = new Remembered<>(store, 3);
        for (long step = 0; step < 2_000; step++) {
            String key = "key-" + random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0 -> remembered.delete(key);
                case 1, 2, 3 -> remembered.put(key, step);
                default -> {}
            }
            if (random.nextInt(100) == 0) {
                remembered = new Remembered<>(store, 3);
            }
            assertThat(remembered.get(key)).as("seed %d, step %d", seed, step).isEqualTo(store.get(key));
        }
    }

    /** Also what goes wrong where somebody else puts the same entries. */
    @Test
    void onlySoManyAreRemembered() {
        Remembered<String, Long> remembered = new Remembered<>(store, 3);
        for (String key : new String[] {"a", "b", "c", "d"}) {
            remembered.put(key, 1L);
            store.put(key, 2L);
        }

        assertThat(remembered.get("d")).isEqualTo(1);
        assertThat(remembered.get("c")).isEqualTo(1);
        assertThat(remembered.get("b")).isEqualTo(1);
        assertThat(remembered.get("a")).isEqualTo(2);
    }
}
