package dev.dibs.standalone.report;

import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import java.util.Map;

/**
 * What the report wants of the totals of a sale.
 *
 * @param answers grabs by the name of their answer
 * @param free codes below the highest that was given out which nobody holds
 * @param unreached codes that have not been reached yet
 * @param holds whether stock = granted + free + unreached, as the stream-processor has found
 * @param firstGrabbedAt epoch milliseconds, 0 before the first
 * @param soldOutAt epoch milliseconds, 0 while it is not sold out
 * @param logOffset of the last record that is counted, -1 where only requests have been counted
 */
record Totals(
        long stock,
        long granted,
        long remaining,
        long free,
        long unreached,
        boolean holds,
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
        Distribution waits) {}
