package dev.dibs.results;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import java.util.Map;

/**
 * The totals of one activity; the latest record of an activity is the one that counts.
 *
 * @param stock how many sequences exist
 * @param granted valid grabs
 * @param remaining sequences that nobody holds: stock less granted
 * @param free sequences that nobody holds below the greatest that somebody does
 * @param unreached sequences above it
 * @param redeemed valid redemptions
 * @param revoked valid revocations; the ticket stays granted
 * @param voided records of the log, of any kind, that the ledger found void
 * @param duplicates copies of grabs that were valid already
 * @param requests grabs that arrived at the API, as its instances have counted them
 * @param answers how many were answered how, by the name of the answer
 * @param firstGrabbedAt the smallest time of a valid grab, epoch milliseconds; 0 before the first
 * @param lastGrabbedAt the greatest time of a valid grab, epoch milliseconds; 0 before the first
 * @param soldOutAt when the last of them all was claimed, epoch milliseconds; 0 while some remain
 * @param logPartition the activity's partition of {@code dibs.ticket-events}
 * @param logOffset offset of the activity's last folded record, or -1 where only requests have been counted
 * @param fairness the order of giving out against the order of arrival; measures nobody where it was not measured
 * @param waits from a winner's arrival until it could be told, milliseconds, as the API's instances have measured it
 * @param refusedAddresses the addresses with most refusals, as the API's instances have counted them
 * @param winnerAddresses the addresses with most valid grabs
 */
public record ActivityStats(
        ActivityId activityId,
        long stock,
        long granted,
        long remaining,
        long free,
        long unreached,
        long redeemed,
        long revoked,
        long voided,
        long duplicates,
        long requests,
        Map<String, Long> answers,
        long firstGrabbedAt,
        long lastGrabbedAt,
        long soldOutAt,
        int logPartition,
        long logOffset,
        Fairness fairness,
        Distribution waits,
        TopAddresses refusedAddresses,
        TopAddresses winnerAddresses) {
    public ActivityStats {
        Checks.present("activityId", activityId);
        Checks.atLeast("stock", 0, stock);
        Checks.atLeast("granted", 0, granted);
        Checks.atLeast("remaining", 0, remaining);
        Checks.atLeast("free", 0, free);
        Checks.atLeast("unreached", 0, unreached);
        Checks.atLeast("redeemed", 0, redeemed);
        Checks.atLeast("revoked", 0, revoked);
        Checks.atLeast("voided", 0, voided);
        Checks.atLeast("duplicates", 0, duplicates);
        Checks.atLeast("requests", 0, requests);
        answers = Checks.counts("answers", answers);
        Checks.atLeast("logPartition", 0, logPartition);
        Checks.atLeast("logOffset", -1, logOffset);
        Checks.present("fairness", fairness);
        Checks.present("waits", waits);
        Checks.present("refusedAddresses", refusedAddresses);
        Checks.present("winnerAddresses", winnerAddresses);
    }

    /**
     * The conservation line: what has been issued, what is free and what has not been reached are all there is. The three
     * are counted independently of each other, so that a sequence issued twice or lost shows.
     */
    public boolean holds() {
        return stock == granted + free + unreached;
    }

    /** The record's key: {@code activityId}. */
    public String key() {
        return activityId.value();
    }
}
