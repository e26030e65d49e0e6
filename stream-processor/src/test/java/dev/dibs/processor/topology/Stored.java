package dev.dibs.processor.topology;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Stores of their own, for what works on one. */
final class Stored {
    private Stored() {}

    static <K, V> KeyValueStore<K, V> in(Path folder, StateStores.StateStore<K, V> store) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "stored");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nobody:1");
        var context = new MockProcessorContext<Void, Void>(settings, new TaskId(0, 0), folder.toFile());
        KeyValueStore<K, V> opened = store.builder(Stores::inMemoryKeyValueStore)
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        opened.init(context.getStateStoreContext(), opened);
        return opened;
    }
}
