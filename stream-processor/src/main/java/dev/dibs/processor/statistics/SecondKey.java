package dev.dibs.processor.statistics;

import dev.dibs.ids.ActivityId;
import dev.dibs.processor.serde.BinarySerde;
import dev.dibs.results.SecondStats;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;

/** A second of an activity. Its bytes sort by time within an activity. */
public record SecondKey(ActivityId activityId, long second) {
    private static final char END_OF_ID = ':';

    public static final Serde<SecondKey> SERDE = BinarySerde.of(
            (out, key) -> {
                out.write(key.activityId.value().getBytes(StandardCharsets.US_ASCII));
                out.writeByte(END_OF_ID);
                out.writeLong(key.second);
            },
            in -> {
                StringBuilder id = new StringBuilder(64);
                for (char next = (char) in.readByte(); next != END_OF_ID; next = (char) in.readByte()) {
                    id.append(next);
                }
                return new SecondKey(new ActivityId(id.toString()), in.readLong());
            });

    public SecondKey {
        if (second < 0) {
            throw new IllegalArgumentException("second must be at least 0, or its bytes would not sort");
        }
    }

    /** As analysts read it. */
    public SecondStats stats(Counts counts) {
        return new SecondStats(
                activityId,
                second,
                counts.granted(),
                counts.redeemed(),
                counts.revoked(),
                counts.voided(),
                counts.duplicates(),
                counts.requests(),
                counts.answers());
    }
}
