package dev.dibs.processor.statistics;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Fairness;
import dev.dibs.processor.serde.BinarySerde;
import dev.dibs.results.ActivityStats;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.kafka.common.serialization.Serde;

/**
 * What has been counted of one activity.
 *
 * @param firstGrabbedAt smallest time of a valid grab, epoch milliseconds; 0 before the first
 * @param lastGrabbedAt greatest time of a valid grab, epoch milliseconds; 0 before the first
 * @param logOffset of the last record of the log, or -1
 * @param latestSecond the latest second in which something happened
 * @param droppedBefore the counts of seconds before this one are kept no more
 */
public record Totals(
        int stock,
        Counts counts,
        long firstGrabbedAt,
        long lastGrabbedAt,
        long logOffset,
        long latestSecond,
        long droppedBefore) {
    public static final Totals NONE = new Totals(0, Counts.NONE, 0, 0, Tally.NOT_OF_THE_LOG, 0, 0);

    /**
     * How long the counts of a second stay in the store. They stay in the topic for ever; but what reaches the log
     * later than this is counted in the totals only.
     */
    static final long KEPT_SECONDS = 24 * 3_600L;

    /** Seconds are dropped by the quarter of an hour rather than one by one. */
    private static final long DROPPED_AT_ONCE = 900;

    public static final Serde<Totals> SERDE = BinarySerde.of(Totals::write, Totals::read);

    /** @param now epoch seconds; a writer whose clock is ahead must not make the present look old */
    public Totals plus(Tally tally, long now) {
        boolean grabbed = tally.counts().granted() > 0;
        boolean first = counts.granted() == 0;
        return new Totals(
                stock + tally.stock(),
                counts.plus(tally.counts()),
                grabbed && (first || tally.grabbedAt() < firstGrabbedAt) ? tally.grabbedAt() : firstGrabbedAt,
                grabbed && (first || tally.grabbedAt() > lastGrabbedAt) ? tally.grabbedAt() : lastGrabbedAt,
                Math.max(logOffset, tally.logOffset()),
                Math.max(latestSecond, Math.min(tally.second(), now)),
                droppedBefore);
    }

    /** Whether the counts of this second are still kept, so that adding to them gives the right sum. */
    public boolean keeps(long second) {
        return second >= droppedBefore;
    }

    /** The first second that should still be kept: {@link #droppedBefore} where there is not yet enough to drop. */
    public long keepFrom() {
        long horizon = latestSecond - KEPT_SECONDS;
        return horizon - droppedBefore >= DROPPED_AT_ONCE ? horizon : droppedBefore;
    }

    public Totals droppedBefore(long second) {
        return new Totals(stock, counts, firstGrabbedAt, lastGrabbedAt, logOffset, latestSecond, second);
    }

    /** As analysts read it. */
    public ActivityStats stats(ActivityId activityId, int logPartition, Fairness fairness, Demand demand) {
        return new ActivityStats(
                activityId,
                stock,
                counts.granted(),
                stock - counts.granted(),
                counts.redeemed(),
                counts.revoked(),
                counts.voided(),
                counts.duplicates(),
                counts.requests(),
                counts.answers(),
                firstGrabbedAt,
                lastGrabbedAt,
                logPartition,
                logOffset,
                fairness,
                demand.waiting(),
                demand.refusedAddresses());
    }

    private static void write(DataOutput out, Totals totals) throws IOException {
        out.writeInt(totals.stock);
        Counts.write(out, totals.counts);
        out.writeLong(totals.firstGrabbedAt);
        out.writeLong(totals.lastGrabbedAt);
        out.writeLong(totals.logOffset);
        out.writeLong(totals.latestSecond);
        out.writeLong(totals.droppedBefore);
    }

    private static Totals read(DataInput in) throws IOException {
        return new Totals(
                in.readInt(),
                Counts.read(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
