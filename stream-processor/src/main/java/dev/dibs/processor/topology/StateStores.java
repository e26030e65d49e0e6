package dev.dibs.processor.topology;

import dev.dibs.processor.ledger.Account;
import dev.dibs.processor.ledger.Grant;
import dev.dibs.processor.ledger.Sending;
import dev.dibs.processor.ledger.StoreLedgerState;
import dev.dibs.processor.state.Remembered;
import dev.dibs.processor.statistics.Counts;
import dev.dibs.processor.statistics.Demand;
import dev.dibs.processor.statistics.Order;
import dev.dibs.processor.statistics.OrderSerde;
import dev.dibs.processor.statistics.SecondKey;
import dev.dibs.processor.statistics.SequenceKey;
import dev.dibs.processor.statistics.Totals;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state stores: names, keys and values. Those that grow with winners or time are on disk; those that grow with
 * activities only are in memory, because every store on disk costs buffers in every partition.
 */
final class StateStores {
    /** By source topic: the offset behind the last record that has been processed. */
    static final StateStore<String, Long> POSITIONS = inMemory("positions", Serdes.String(), Serdes.Long());
    /** By activity, and by activityId:ticketKind: the name; by activityId::version the version that they are of. */
    static final StateStore<String, String> NAMES = inMemory("names", Serdes.String(), Serdes.String());

    static final StateStore<String, Account> ACCOUNTS = inMemory("ledger-accounts", Serdes.String(), Account.SERDE);
    static final StateStore<String, Integer> IMPORTS = inMemory("ledger-imports", Serdes.String(), Serdes.Integer());
    static final StateStore<String, Grant> GRANTS =
            onDisk("ledger-grants", Serdes.String(), Grant.SERDE).uncached();
    static final StateStore<String, Integer> USERS =
            onDisk("ledger-users", Serdes.String(), Serdes.Integer()).uncached();

    static final StateStore<String, Totals> TOTALS = inMemory("totals", Serdes.String(), Totals.SERDE);
    /** Apart from the totals, whose bytes stay what they are; each is touched only by what concerns it. */
    static final StateStore<String, Order> ORDER = inMemory("order", Serdes.String(), OrderSerde.SERDE);

    static final StateStore<String, Demand> DEMAND = inMemory("demand", Serdes.String(), Demand.SERDE);
    static final StateStore<SecondKey, Counts> SECONDS =
            onDisk("seconds", SecondKey.SERDE, Counts.SERDE).uncached();
    /** Where a range of sequences begins that nobody holds: the first one behind it. Few: those of grabs under way. */
    static final StateStore<SequenceKey, Integer> FREE_SEQUENCES =
            inMemory("free-sequences", SequenceKey.SERDE, Serdes.Integer());
    /** By activityId:address: how many winners. */
    static final StateStore<String, Integer> WINNER_ADDRESSES =
            onDisk("winner-addresses", Serdes.String(), Serdes.Integer()).uncached();
    /** By activity: the addresses with most winners. */
    static final StateStore<String, String> TOP_ADDRESSES = inMemory("top-addresses", Serdes.String(), Serdes.String());
    /**
     * The seconds of activities in which something has been counted that is not in the output yet; true where it changes
     * what remains, and so what is told of all seconds after it.
     */
    static final StateStore<SecondKey, Boolean> CHANGED = inMemory("changed", SecondKey.SERDE, Serdes.Boolean());

    /** Entries of a store, in each partition: more activities than are sold at once. */
    private static final int REMEMBERED = 256;

    /** The changelogs of small stores are rewritten all the time; without small segments they would never shrink. */
    private static final Map<String, String> CHANGELOG = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(8 << 20),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.2");

    private StateStores() {}

    static StoreLedgerState ledger(ProcessorContext<?, ?> context) {
        return new StoreLedgerState(
                ACCOUNTS.rememberedIn(context),
                IMPORTS.in(context),
                GRANTS.in(context),
                USERS.in(context),
                new Sending());
    }

    /** A store before it is opened. */
    record StateStore<K, V>(String name, boolean onDisk, boolean cached, Serde<K> key, Serde<V> value) {

        /**
         * A cached entry that changes often is written to its changelog once per commit. All caches share one room, and
         * keep what they have written until it is full; from then on each makes room by writing entries of its own, the
         * one that has just been put if there is no other. So what is put once for each winner, and would fill it, is
         * kept out.
         */
        StateStore<K, V> uncached() {
            return new StateStore<>(name, onDisk, false, key, value);
        }

        /** @param disk makes stores on disk */
        StoreBuilder<KeyValueStore<K, V>> builder(Function<String, KeyValueBytesStoreSupplier> disk) {
            KeyValueBytesStoreSupplier bytes = onDisk ? disk.apply(name) : Stores.inMemoryKeyValueStore(name);
            StoreBuilder<KeyValueStore<K, V>> builder =
                    Stores.keyValueStoreBuilder(bytes, key, value).withLoggingEnabled(CHANGELOG);
            return cached ? builder.withCachingEnabled() : builder;
        }

        KeyValueStore<K, V> in(ProcessorContext<?, ?> context) {
            return context.getStateStore(name);
        }

        /** For the only processor that puts these entries. */
        Remembered<K, V> rememberedIn(ProcessorContext<?, ?> context) {
            return new Remembered<>(in(context), REMEMBERED);
        }
    }

    private static <K, V> StateStore<K, V> inMemory(String name, Serde<K> key, Serde<V> value) {
        return new StateStore<>(name, false, true, key, value);
    }

    private static <K, V> StateStore<K, V> onDisk(String name, Serde<K> key, Serde<V> value) {
        return new StateStore<>(name, true, true, key, value);
    }
}
