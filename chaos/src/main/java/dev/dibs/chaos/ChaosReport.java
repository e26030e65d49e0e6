package dev.dibs.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came out of a run.
 *
 * @param minutes that faults were made for
 * @param faults how many were made, by kind
 * @param notMade how many were attempted and did not come about, by kind; they are not among the faults
 * @param confirmed different tickets that buyers were told are theirs
 * @param pending answers that told a buyer to wait
 * @param voided grabs in the log that the ledger refused
 * @param violations how many promises were found broken
 * @param recoveryMillis by kind of fault, for how long no grab was confirmed at all
 * @param instanceRecoveryMillis by kind of fault, for how long one of the API instances confirmed none
 * @param longestPendingMillis from the first answer that told a buyer to wait to the one that settled it
 * @param longestProjectionLagMillis for how long a record of the log was not in the document database
 * @param withoutFaults how the workload was served once warm, before anything was broken
 * @param withFaults how it was served from the first fault until all was healed
 * @param endedByThemselves processes that nobody had killed, and how often
 * @param findings the violations, in a sentence each
 * @param log what was done, in order
 */
public record ChaosReport(
        long seed,
        double minutes,
        String redis,
        Map<String, Integer> faults,
        Map<String, Integer> notMade,
        long confirmed,
        long pending,
        @JsonProperty("void") long voided,
        long violations,
        Map<String, Recovery> recoveryMillis,
        Map<String, Recovery> instanceRecoveryMillis,
        long longestPendingMillis,
        long longestProjectionLagMillis,
        Phase withoutFaults,
        Phase withFaults,
        Map<String, Integer> endedByThemselves,
        List<String> findings,
        List<FaultRecord> log) {

    public boolean holds() {
        return violations == 0;
    }

    /** For people. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-34s %5s  %19s  %19s", "", "", "any instance, ms", "each instance, ms"));
        lines.add(String.format(
                Locale.ROOT, "%-34s %5s  %9s %9s  %9s %9s", "fault", "times", "p50", "max", "p50", "max"));
        faults.forEach((fault, times) -> lines.add(line(fault, times)));
        long pairs = log.stream().filter(record -> record.made().size() > 1).count();
        if (pairs > 0) {
            lines.add(line(FaultRecord.TWO_AT_ONCE, pairs));
        }
        notMade.forEach((fault, times) -> lines.add(String.format(Locale.ROOT, "%-34s %5d  not made", fault, times)));
        lines.add(
                "(longest time without a confirmed grab, from the fault until each instance has confirmed one again)");
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "seed %d, %.1f minutes, Redis %s: %,d tickets confirmed, %,d answers pending, %,d grabs void",
                seed,
                minutes,
                redis.toLowerCase(Locale.ROOT),
                confirmed,
                pending,
                voided));
        lines.add(String.format(
                Locale.ROOT,
                "longest pending %.1f s, longest lag of the projection %.1f s",
                longestPendingMillis / 1_000.0,
                longestProjectionLagMillis / 1_000.0));
        lines.add(phase("without faults", withoutFaults));
        lines.add(phase("with faults", withFaults));
        lines.add("(buyers come by a plan: the rate is what was offered; compare p50, p99 and the times above)");
        endedByThemselves.forEach(
                (name, times) -> lines.add(name + " ended by itself " + times + " times and was started again"));
        findings.forEach(finding -> lines.add("VIOLATION " + finding));
        lines.add(violations == 0 ? "No violation." : String.format(Locale.ROOT, "%,d violations.", violations));
        return lines;
    }

    private String line(String fault, long times) {
        return String.format(
                Locale.ROOT,
                "%-34s %5d  %s  %s",
                fault,
                times,
                cells(recoveryMillis.get(fault)),
                cells(instanceRecoveryMillis.get(fault)));
    }

    private static String phase(String when, Phase phase) {
        return String.format(
                Locale.ROOT,
                "%s, %.0f s: %,.0f tickets/s confirmed, p50 %,.0f ms, p99 %,.0f ms",
                when,
                phase.seconds(),
                phase.confirmedPerSecond(),
                phase.p50Millis(),
                phase.p99Millis());
    }

    private static String cells(Recovery recovery) {
        return recovery == null
                ? String.format(Locale.ROOT, "%9s %9s", "-", "-")
                : String.format(Locale.ROOT, "%,9d %,9d", recovery.p50(), recovery.max());
    }
}
