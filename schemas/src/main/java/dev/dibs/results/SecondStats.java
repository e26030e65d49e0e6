package dev.dibs.results;

import dev.dibs.ids.ActivityId;
import java.util.Map;

/**
 * What happened in one activity within one second; the latest record of an activity and second is the one that counts.
 * A record of the log counts in the second in which it happened (a grab: in which it was claimed), whenever it arrived;
 * requests and answers in the second that the API's instance counted them in.
 *
 * @param second epoch seconds
 * @param stockAdded sequences that came into being
 * @param granted valid grabs
 * @param remaining sequences that nobody held at the second's end: all stock added until then less all grabs; never
 *     below 0, though the clocks that the two are told by may differ
 * @param redeemed valid redemptions
 * @param revoked valid revocations
 * @param voided records of the log, of any kind, that the ledger found void
 * @param duplicates copies of grabs that were valid already
 * @param requests grabs that arrived at the API
 * @param answers how many were answered how, by the name of the answer
 */
public record SecondStats(
        ActivityId activityId,
        long second,
        long stockAdded,
        long granted,
        long remaining,
        long redeemed,
        long revoked,
        long voided,
        long duplicates,
        long requests,
        Map<String, Long> answers) {
    public SecondStats {
        Checks.present("activityId", activityId);
        Checks.atLeast("second", 0, second);
        Checks.atLeast("stockAdded", 0, stockAdded);
        Checks.atLeast("granted", 0, granted);
        Checks.atLeast("remaining", 0, remaining);
        Checks.atLeast("redeemed", 0, redeemed);
        Checks.atLeast("revoked", 0, revoked);
        Checks.atLeast("voided", 0, voided);
        Checks.atLeast("duplicates", 0, duplicates);
        Checks.atLeast("requests", 0, requests);
        answers = Checks.counts("answers", answers);
    }

    /** The record's key: {@code activityId:second}. */
    public String key() {
        return activityId.value() + ":" + second;
    }
}
