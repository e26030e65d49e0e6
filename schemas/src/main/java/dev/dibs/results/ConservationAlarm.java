package dev.dibs.results;

import dev.dibs.ids.ActivityId;

/**
 * A record of the log after which stock = granted + free + unreached holds less well than before: a sequence was issued
 * twice, or one is neither issued nor free. With the rules of the ledger in force there is none; if there is one, the
 * software or the state of a processor is broken, and the sale should be paused.
 *
 * @param stock how many sequences exist
 * @param granted valid grabs
 * @param free sequences that nobody holds below the greatest that somebody does
 * @param unreached sequences above it
 * @param logPartition where the record stands
 * @param logOffset where the record stands
 * @param at when it happened as the record says, epoch milliseconds
 */
public record ConservationAlarm(
        ActivityId activityId,
        long stock,
        long granted,
        long free,
        long unreached,
        int logPartition,
        long logOffset,
        long at) {
    public ConservationAlarm {
        Checks.present("activityId", activityId);
        Checks.atLeast("stock", 0, stock);
        Checks.atLeast("granted", 0, granted);
        Checks.atLeast("free", 0, free);
        Checks.atLeast("unreached", 0, unreached);
        Checks.atLeast("logPartition", 0, logPartition);
        Checks.atLeast("logOffset", 0, logOffset);
    }

    /** The record's key: {@code activityId:logOffset}; who counts everything anew raises the alarm under it again. */
    public String key() {
        return activityId.value() + ":" + logOffset;
    }
}
