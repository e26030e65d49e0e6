package dev.dibs.processor.topology;

import dev.dibs.codec.ActivityCodec;
import dev.dibs.codec.GrabFunnelCodec;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.LedgerState;
import dev.dibs.processor.statistics.Tally;
import dev.dibs.pseudonyms.Pseudonyms;
import dev.dibs.topics.Topics;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * What flows where. All three sources are keyed by the activity and partitioned alike, and meet in shared stores: one
 * sub-topology, a task of which sees everything of its activities.
 */
public final class GrabTopology {
    private final Topology topology = new Topology();

    private final Function<String, KeyValueBytesStoreSupplier> disk;
    private final Resumption resumption;
    private final Pseudonyms pseudonyms;
    private final Function<LedgerState, Ledger> rules;

    private GrabTopology(
            Function<String, KeyValueBytesStoreSupplier> disk,
            Resumption resumption,
            Pseudonyms pseudonyms,
            Function<LedgerState, Ledger> rules) {
        this.disk = disk;
        this.resumption = resumption;
        this.pseudonyms = pseudonyms;
        this.rules = rules;
    }

    /** Pure: the same topology every time, without asking anybody for anything. */
    public static Topology build(Resumption resumption, Pseudonyms pseudonyms) {
        return build(Stores::persistentKeyValueStore, resumption, pseudonyms, Ledger::new);
    }

    /**
     * For tests, which show what is seen of a broken ledger, and whose driver commits after every record, which a disk
     * takes its time for.
     */
    static Topology build(
            Function<String, KeyValueBytesStoreSupplier> disk,
            Resumption resumption,
            Pseudonyms pseudonyms,
            Function<LedgerState, Ledger> rules) {
        GrabTopology parts = new GrabTopology(disk, resumption, pseudonyms, rules);
        parts.read();
        parts.decode();
        parts.process();
        parts.write();
        parts.store();
        return parts.topology;
    }

    private void read() {
        source(Nodes.READ_TICKET_EVENTS, Topics.TICKET_EVENTS, Timestamps.AS_WRITTEN);
        source(Nodes.READ_ACTIVITIES, Topics.ACTIVITIES, Timestamps.FIRST);
        source(Nodes.READ_GRAB_FUNNEL, Topics.GRAB_FUNNEL, Timestamps.AS_WRITTEN);
    }

    private void source(String node, String topic, TimestampExtractor time) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                node,
                time,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic);
    }

    private void decode() {
        topology.addProcessor(
                Nodes.DECODE_TICKET_EVENTS,
                () -> new DecodeRecord<>(TicketEventCodec::decode, Nodes.APPLY_LEDGER),
                Nodes.READ_TICKET_EVENTS);
        topology.addProcessor(
                Nodes.DECODE_ACTIVITIES,
                () -> new DecodeRecord<>(
                        // A compacted topic's way of saying that something is gone.
                        value -> value == null ? null : ActivityCodec.decode(value),
                        Nodes.LEARN_NAMES),
                Nodes.READ_ACTIVITIES);
        topology.addProcessor(
                Nodes.DECODE_GRAB_FUNNEL,
                () -> new DecodeRecord<>(value -> Tally.of(GrabFunnelCodec.decode(value)), Nodes.COUNT),
                Nodes.READ_GRAB_FUNNEL);
    }

    private void process() {
        topology.addProcessor(Nodes.LEARN_NAMES, LearnNames::new, Nodes.DECODE_ACTIVITIES);
        topology.addProcessor(
                Nodes.APPLY_LEDGER, () -> new ApplyLedger(resumption, pseudonyms, rules), Nodes.DECODE_TICKET_EVENTS);
        topology.addProcessor(Nodes.COUNT, () -> new Count(resumption), Nodes.APPLY_LEDGER, Nodes.DECODE_GRAB_FUNNEL);
    }

    private void write() {
        Sinks.GRAB_RESULTS.addTo(topology, Nodes.APPLY_LEDGER);
        Sinks.ACTIVITY_STATS.addTo(topology, Nodes.COUNT);
        Sinks.SECOND_STATS.addTo(topology, Nodes.COUNT);
        Sinks.ALARMS.addTo(topology, Nodes.COUNT);
        topology.addSink(
                Nodes.WRITE_DEAD_LETTERS,
                Topics.DEAD_LETTERS,
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                Nodes.DECODE_TICKET_EVENTS,
                Nodes.DECODE_ACTIVITIES,
                Nodes.DECODE_GRAB_FUNNEL);
    }

    private void store() {
        topology.addStateStore(
                StateStores.POSITIONS.builder(disk),
                Nodes.DECODE_TICKET_EVENTS,
                Nodes.DECODE_ACTIVITIES,
                Nodes.DECODE_GRAB_FUNNEL,
                Nodes.COUNT);
        topology.addStateStore(StateStores.NAMES.builder(disk), Nodes.LEARN_NAMES, Nodes.APPLY_LEDGER);
        topology.addStateStore(StateStores.ACCOUNTS.builder(disk), Nodes.APPLY_LEDGER);
        topology.addStateStore(StateStores.IMPORTS.builder(disk), Nodes.APPLY_LEDGER);
        topology.addStateStore(StateStores.GRANTS.builder(disk), Nodes.APPLY_LEDGER);
        topology.addStateStore(StateStores.USERS.builder(disk), Nodes.APPLY_LEDGER);
        topology.addStateStore(StateStores.TOTALS.builder(disk), Nodes.COUNT);
        topology.addStateStore(StateStores.ORDER.builder(disk), Nodes.COUNT);
        topology.addStateStore(StateStores.DEMAND.builder(disk), Nodes.COUNT);
        topology.addStateStore(StateStores.SECONDS.builder(disk), Nodes.COUNT);
        topology.addStateStore(StateStores.CHANGED.builder(disk), Nodes.COUNT);
        topology.addStateStore(StateStores.FREE_SEQUENCES.builder(disk), Nodes.COUNT);
        topology.addStateStore(StateStores.WINNER_ADDRESSES.builder(disk), Nodes.COUNT);
        topology.addStateStore(StateStores.TOP_ADDRESSES.builder(disk), Nodes.COUNT);
    }
}
