package dev.dibs.processor.topology;

import dev.dibs.activity.Activity;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.codec.CloudEventHeaders;
import dev.dibs.codec.GrabFunnelCodec;
import dev.dibs.codec.TicketEventCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.events.TicketEvent;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.LedgerState;
import dev.dibs.processor.Samples;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ActivityStatsCodec;
import dev.dibs.results.ConservationAlarm;
import dev.dibs.results.ConservationAlarmCodec;
import dev.dibs.results.GrabResult;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.results.SecondStats;
import dev.dibs.results.SecondStatsCodec;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with records going in and coming out. */
final class Rig implements AutoCloseable {
    private final TopologyTestDriver driver;
    private final Map<String, Long> offsets = new HashMap<>();

    Rig(Path stateDir) {
        this(stateDir, Ledger::new);
    }

    /** @param rules makes the ledger that decides */
    Rig(Path stateDir, Function<LedgerState, Ledger> rules) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "rig");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nobody:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(
                GrabTopology.build(Stores::inMemoryKeyValueStore, Resumption.FRESH, Samples.PSEUDONYMS, rules),
                settings,
                Instant.ofEpochMilli(Samples.TIME));
    }

    /** Its offset. */
    long event(TicketEvent event) {
        return raw(Topics.TICKET_EVENTS, event.activityId(), TicketEventCodec.encode(event));
    }

    /** @param source as {@code /dibs/api/a1} */
    long event(TicketEvent event, String source) {
        RecordHeaders headers = new RecordHeaders();
        CloudEventHeaders.write(headers, event, source);
        return raw(Topics.TICKET_EVENTS, event.activityId(), TicketEventCodec.encode(event), headers);
    }

    void activity(Activity activity) {
        raw(Topics.ACTIVITIES, activity.activityId(), ActivityCodec.encode(activity));
    }

    void funnel(GrabFunnel funnel) {
        raw(Topics.GRAB_FUNNEL, funnel.activityId(), GrabFunnelCodec.encode(funnel));
    }

    long raw(String topic, ActivityId key, byte[] value) {
        return raw(topic, key, value, new RecordHeaders());
    }

    private long raw(String topic, ActivityId key, byte[] value, RecordHeaders headers) {
        byte[] bytes = key.value().getBytes(StandardCharsets.UTF_8);
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(bytes, value, headers, Samples.TIME));
        return offsets.merge(topic, 1L, Long::sum) - 1;
    }

    /** What is written now and then is written now. */
    void writeStatistics() {
        driver.advanceWallClockTime(Count.WRITE_EVERY);
    }

    void passTime(java.time.Duration time) {
        driver.advanceWallClockTime(time);
    }

    List<GrabResult> results() {
        return values(Topics.GRAB_RESULTS)
                .map(row -> decode(GrabResultCodec::decode, row.value()))
                .toList();
    }

    List<ConservationAlarm> alarms() {
        return values(Topics.ALARMS)
                .map(row -> decode(ConservationAlarmCodec::decode, row.value()))
                .toList();
    }

    List<ActivityStats> totals() {
        return values(Topics.ACTIVITY_STATS)
                .map(row -> decode(ActivityStatsCodec::decode, row.value()))
                .toList();
    }

    List<SecondStats> seconds() {
        return values(Topics.ACTIVITY_STATS_PER_SECOND)
                .map(row -> decode(SecondStatsCodec::decode, row.value()))
                .toList();
    }

    /** The last row of each key. */
    Map<String, SecondStats> lastSeconds() {
        Map<String, SecondStats> last = new TreeMap<>();
        seconds().forEach(row -> last.put(row.key(), row));
        return last;
    }

    /** The last row of each key. */
    Map<String, ActivityStats> lastTotals() {
        Map<String, ActivityStats> last = new TreeMap<>();
        totals().forEach(row -> last.put(row.key(), row));
        return last;
    }

    /** The keys and bytes of what has come out since they were last asked for. */
    Stream<TestRecord<String, byte[]>> values(String topic) {
        return driver
                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream();
    }

    TopologyTestDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
    }

    private static <R> R decode(DecodeRecord.Decoder<R> decoder, byte[] value) {
        try {
            return decoder.decode(value);
        } catch (UndecodableRecordException e) {
            throw new AssertionError("The processor has written what nobody can read", e);
        }
    }
}
