package dev.dibs.processor.statistics;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.processor.serde.BinarySerde;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ConservationAlarm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.kafka.common.serialization.Serde;

/**
 * What has been counted of one activity.
 *
 * @param reached the first sequence above all that have been issued
 * @param free how many below it have not
 * @param firstGrabbedAt smallest time of a valid grab, epoch milliseconds; 0 before the first
 * @param lastGrabbedAt greatest time of a valid grab, epoch milliseconds; 0 before the first
 * @param logOffset of the last record of the log, or -1
 * @param latestSecond the latest second in which something happened
 * @param droppedBefore the counts of seconds before this one are kept no more
 * @param second the latest of all in which something was counted; nearly everything is counted in it
 * @param ofSecond what was counted in it
 */
public record Totals(
        Counts counts,
        long reached,
        long free,
        long firstGrabbedAt,
        long lastGrabbedAt,
        long logOffset,
        long latestSecond,
        long droppedBefore,
        long second,
        Counts ofSecond) {
    public static final Totals NONE = new Totals(Counts.NONE, 0, 0, 0, 0, Tally.NOT_OF_THE_LOG, 0, 0, 0, Counts.NONE);

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
                counts.plus(tally.counts()),
                reached,
                free,
                grabbed && (first || tally.grabbedAt() < firstGrabbedAt) ? tally.grabbedAt() : firstGrabbedAt,
                grabbed && (first || tally.grabbedAt() > lastGrabbedAt) ? tally.grabbedAt() : lastGrabbedAt,
                Math.max(logOffset, tally.logOffset()),
                Math.max(latestSecond, Math.min(tally.second(), now)),
                droppedBefore,
                second,
                ofSecond);
    }

    /** @param at the second in which it was counted, no earlier than {@link #second} */
    public Totals countedIn(long at, Counts more) {
        return new Totals(
                counts,
                reached,
                free,
                firstGrabbedAt,
                lastGrabbedAt,
                logOffset,
                latestSecond,
                droppedBefore,
                at,
                at == second ? ofSecond.plus(more) : more);
    }

    /**
     * A sequence was issued.
     *
     * @param freeChange by how much there are more free sequences below the greatest that was issued
     */
    public Totals issued(int sequence, long freeChange) {
        return new Totals(
                counts,
                Math.max(reached, sequence + 1L),
                free + freeChange,
                firstGrabbedAt,
                lastGrabbedAt,
                logOffset,
                latestSecond,
                droppedBefore,
                second,
                ofSecond);
    }

    public long stock() {
        return counts.stockAdded();
    }

    /** Sequences that nobody holds. */
    public long remaining() {
        return counts.remainingChange();
    }

    /** Sequences above all that have been issued. */
    public long unreached() {
        return Math.max(0, stock() - reached);
    }

    /** By how much the sum of what is issued, free and not reached is more than the stock, or less; 0 as it should be. */
    public long surplus() {
        return counts.granted() + free + unreached() - stock();
    }

    /** Whether the counts of this second are still kept, so that adding to them gives the right sum. */
    public boolean keeps(long at) {
        return at >= droppedBefore;
    }

    /** The first second that should still be kept: {@link #droppedBefore} where there is not yet enough to drop. */
    public long keepFrom() {
        long horizon = latestSecond - KEPT_SECONDS;
        return horizon - droppedBefore >= DROPPED_AT_ONCE ? horizon : droppedBefore;
    }

    public Totals droppedBefore(long kept) {
        return new Totals(
                counts, reached, free, firstGrabbedAt, lastGrabbedAt, logOffset, latestSecond, kept, second, ofSecond);
    }

    /** @param tally of the record after which the line does not hold */
    public ConservationAlarm alarm(Tally tally, int logPartition) {
        return new ConservationAlarm(
                tally.activityId(),
                stock(),
                counts.granted(),
                free,
                unreached(),
                logPartition,
                tally.logOffset(),
                Math.max(0, tally.grabbedAt()));
    }

    /** As analysts read it. */
    public ActivityStats stats(
            ActivityId activityId, int logPartition, Fairness fairness, Demand demand, TopAddresses winners) {
        return new ActivityStats(
                activityId,
                stock(),
                counts.granted(),
                Math.max(0, remaining()),
                free,
                unreached(),
                counts.redeemed(),
                counts.revoked(),
                counts.voided(),
                counts.duplicates(),
                counts.requests(),
                counts.answers(),
                firstGrabbedAt,
                lastGrabbedAt,
                remaining() <= 0 ? lastGrabbedAt : 0,
                logPartition,
                logOffset,
                fairness,
                demand.waiting(),
                demand.refusedAddresses(),
                winners);
    }

    private static void write(DataOutput out, Totals totals) throws IOException {
        Counts.write(out, totals.counts);
        out.writeLong(totals.reached);
        out.writeLong(totals.free);
        out.writeLong(totals.firstGrabbedAt);
        out.writeLong(totals.lastGrabbedAt);
        out.writeLong(totals.logOffset);
        out.writeLong(totals.latestSecond);
        out.writeLong(totals.droppedBefore);
        out.writeLong(totals.second);
        Counts.write(out, totals.ofSecond);
    }

    private static Totals read(DataInput in) throws IOException {
        return new Totals(
                Counts.read(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Counts.read(in));
    }
}
