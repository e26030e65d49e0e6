package dev.dibs.audit;

import dev.dibs.audit.LogSeconds.Kind;
import dev.dibs.results.SecondStats;
import java.util.Map;
import java.util.TreeSet;

/** Compares the counts of each second with the log, and so also that they add up to the totals. */
final class SecondsCheck {
    /**
     * What reaches the log later than this is counted in the totals only, as nobody keeps counting a day that is over:
     * so long before the latest second, a count may be too small, but never too large.
     */
    static final long KEPT_SECONDS = 24 * 3_600L;

    private final AuditedActivity activity;
    private final Map<Long, SecondStats> found;
    private final Findings findings;

    SecondsCheck(AuditedActivity activity, Map<Long, SecondStats> found, Findings findings) {
        this.activity = activity;
        this.found = found;
        this.findings = findings;
    }

    void run() {
        TreeSet<Long> seconds = new TreeSet<>(found.keySet());
        seconds.addAll(activity.seconds().seconds());
        if (seconds.isEmpty()) {
            return;
        }
        long exactFrom = seconds.last() - KEPT_SECONDS;
        long remaining = 0;
        for (long second : seconds) {
            SecondStats stats = found.get(second);
            remaining += activity.seconds().count(second, Kind.STOCK_ADDED)
                    - activity.seconds().count(second, Kind.GRANTED);
            if (stats != null && second >= exactFrom) {
                compareRemaining(second, Math.max(0, remaining), stats.remaining());
            }
            for (Kind kind : Kind.values()) {
                compare(second, kind, stats == null ? 0 : count(stats, kind), second >= exactFrom);
            }
        }
    }

    private void compare(long second, Kind kind, long counted, boolean exactly) {
        int expected = activity.seconds().count(second, kind);
        if (counted > expected || (exactly && counted < expected)) {
            findings.add(
                    Check.STATISTICS,
                    activity.id(),
                    "%s is expected to be %d in second %d, but is %d",
                    kind.field(),
                    expected,
                    second,
                    counted);
        }
    }

    private void compareRemaining(long second, long expected, long told) {
        if (told != expected) {
            findings.add(
                    Check.STATISTICS,
                    activity.id(),
                    "remaining is expected to be %d after second %d, but is %d",
                    expected,
                    second,
                    told);
        }
    }

    private static long count(SecondStats stats, Kind kind) {
        return switch (kind) {
            case STOCK_ADDED -> stats.stockAdded();
            case GRANTED -> stats.granted();
            case REDEEMED -> stats.redeemed();
            case REVOKED -> stats.revoked();
            case VOIDED -> stats.voided();
            case DUPLICATES -> stats.duplicates();
        };
    }
}
