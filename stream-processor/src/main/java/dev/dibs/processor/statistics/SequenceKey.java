package dev.dibs.processor.statistics;

import dev.dibs.ids.ActivityId;
import dev.dibs.processor.serde.BinarySerde;
import org.apache.kafka.common.serialization.Serde;

/** A sequence of an activity. Its bytes sort by the sequence within an activity. */
public record SequenceKey(ActivityId activityId, int sequence) {
    public static final Serde<SequenceKey> SERDE = BinarySerde.of(
            (out, key) -> {
                SortedKeys.write(out, key.activityId);
                out.writeInt(key.sequence);
            },
            in -> new SequenceKey(SortedKeys.readActivity(in), in.readInt()));

    public SequenceKey {
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must be at least 0, or its bytes would not sort");
        }
    }
}
