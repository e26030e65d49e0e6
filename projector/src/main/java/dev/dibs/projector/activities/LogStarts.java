package dev.dibs.projector.activities;

import dev.dibs.activity.Activity;
import dev.dibs.ids.ActivityId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Where folding must begin so that no live activity misses anything: the smallest {@code logStart} of each partition.
 * Every activity counts as live.
 */
public final class LogStarts {
    private final Map<ActivityId, Long> starts = new HashMap<>();
    private boolean unsure;

    public synchronized void know(Activity activity) {
        starts.merge(activity.activityId(), activity.logStart(), Math::min);
    }

    /** There is an activity that could not be read: it may begin anywhere. */
    public synchronized void doubt() {
        unsure = true;
    }

    /**
     * The first offset to fold; partitions that are not named are to be folded from their first record.
     *
     * @param partitions of the log
     */
    public synchronized Map<Integer, Long> offsets(int partitions) {
        Map<Integer, Long> offsets = new TreeMap<>();
        if (!unsure) {
            starts.forEach((id, start) -> offsets.merge(partition(id, partitions), start, Math::min));
        }
        return offsets;
    }

    /** As Kafka's own partitioner does with the key. */
    static int partition(ActivityId id, int partitions) {
        return BuiltInPartitioner.partitionForKey(id.value().getBytes(StandardCharsets.UTF_8), partitions);
    }
}
