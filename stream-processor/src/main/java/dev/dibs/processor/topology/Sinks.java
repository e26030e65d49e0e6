package dev.dibs.processor.topology;

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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** The topics that are written, each with its codec, its attributes and the rule by which a row finds its partition. */
final class Sinks {
    static final Sink<GrabResult> GRAB_RESULTS = new Sink<>(
            Nodes.WRITE_GRAB_RESULTS,
            Topics.GRAB_RESULTS,
            GrabResultCodec::encode,
            result -> result.activityId().value(),
            CloudEvents::ofResult);
    static final Sink<ActivityStats> ACTIVITY_STATS = new Sink<>(
            Nodes.WRITE_ACTIVITY_STATS,
            Topics.ACTIVITY_STATS,
            ActivityStatsCodec::encode,
            stats -> stats.activityId().value(),
            CloudEvents::ofTotals);
    static final Sink<SecondStats> SECOND_STATS = new Sink<>(
            Nodes.WRITE_SECOND_STATS,
            Topics.ACTIVITY_STATS_PER_SECOND,
            SecondStatsCodec::encode,
            stats -> stats.activityId().value(),
            CloudEvents::ofSecond);

    static final Sink<ConservationAlarm> ALARMS = new Sink<>(
            Nodes.WRITE_ALARMS,
            Topics.ALARMS,
            ConservationAlarmCodec::encode,
            alarm -> alarm.activityId().value(),
            CloudEvents::ofAlarm);

    private Sinks() {}

    /** @param activityId of a row; it decides the partition, so that an activity's rows lie where its events lie */
    record Sink<V>(
            String node,
            String topic,
            Function<V, byte[]> codec,
            Function<V, String> activityId,
            EventSerializer.Attributes<V> attributes) {

        void addTo(Topology topology, String parent) {
            Serializer<V> serializer = new EventSerializer<>(codec, attributes);
            StreamPartitioner<String, V> partitioner = (name, key, value, partitions) ->
                    Optional.of(Set.of(partition(activityId.apply(value), partitions)));
            topology.addSink(node, topic, new StringSerializer(), serializer, partitioner, parent);
        }
    }

    /** As Kafka's default partitioner does it for a record whose key is the activity's id. */
    private static int partition(String activityId, int partitions) {
        return Utils.toPositive(Utils.murmur2(activityId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
