package dev.dibs.processor.statistics;

import dev.dibs.ids.ActivityId;
import dev.dibs.processor.serde.BinarySerde;
import dev.dibs.results.SecondStats;
import org.apache.kafka.common.serialization.Serde;

/** A second of an activity. Its bytes sort by time within an activity. */
public record SecondKey(ActivityId activityId, long second) {
    public static final Serde<SecondKey> SERDE = BinarySerde.of(
            (out, key) -> {
                SortedKeys.write(out, key.activityId);
                out.writeLong(key.second);
            },
            in -> new SecondKey(SortedKeys.readActivity(in), in.readLong()));

    public SecondKey {
        if (second < 0) {
            throw new IllegalArgumentException("second must be at least 0, or its bytes would not sort");
        }
    }

    /**
     * As analysts read it.
     *
     * @param remaining at the second's end; below 0 where a grab is told by an earlier time than its stock
     */
    public SecondStats stats(Counts counts, long remaining) {
        return new SecondStats(
                activityId,
                second,
                counts.stockAdded(),
                counts.granted(),
                Math.max(0, remaining),
                counts.redeemed(),
                counts.revoked(),
                counts.voided(),
                counts.duplicates(),
                counts.requests(),
                counts.answers());
    }
}
