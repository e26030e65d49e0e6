package dev.dibs.results;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.RefusedAddresses;
import java.util.Map;

/**
 * The totals of one activity; the latest record of an activity is the one that counts.
 *
 * @param stock how many sequences exist
 * @param granted valid grabs
 * @param remaining sequences that nobody holds: stock less granted
 * @param redeemed valid redemptions
 * @param revoked valid revocations; the ticket stays granted
 * @param voided records of the log, of any kind, that the ledger found void
 * @param duplicates copies of grabs that were valid already
 * @param requests grabs that arrived at the API, as its instances have counted them
 * @param answers how many were answered how, by the name of the answer
 * @param firstGrabbedAt the smallest time of a valid grab, epoch milliseconds; 0 before the first
 * @param lastGrabbedAt the greatest time of a valid grab, epoch milliseconds; 0 before the first
 * @param logPartition the activity's partition of {@code dibs.ticket-events}
 * @param logOffset offset of the activity's last folded record, or -1 where only requests have been counted
 * @param fairness the order of giving out against the order of arrival; measures nobody where it was not measured
 * @param waits from a winner's arrival to the answer, milliseconds, as the API's instances have measured it
 * @param refusedAddresses the addresses with most refusals, as the API's instances have counted them
 */
public record ActivityStats(
        ActivityId activityId,
        long stock,
        long granted,
        long remaining,
        long redeemed,
        long revoked,
        long voided,
        long duplicates,
        long requests,
        Map<String, Long> answers,
        long firstGrabbedAt,
        long lastGrabbedAt,
        int logPartition,
        long logOffset,
        Fairness fairness,
        Distribution waits,
        RefusedAddresses refusedAddresses) {
    public ActivityStats {
        Checks.present("activityId", activityId);
        Checks.atLeast("stock", 0, stock);
        Checks.atLeast("granted", 0, granted);
        Checks.atLeast("remaining", 0, remaining);
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
    }

    /** The record's key: {@code activityId}. */
    public String key() {
        return activityId.value();
    }
}
