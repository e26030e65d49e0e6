package dev.dibs.api.verdict;

import dev.dibs.ledger.Verdict;
import java.util.concurrent.atomic.AtomicLongArray;

/** How often each verdict has been given on this instance. */
public final class VerdictCounts {
    private final AtomicLongArray counts = new AtomicLongArray(Verdict.values().length);

    /** Called by the thread that reads the log, and by no other. */
    void count(Verdict verdict) {
        int index = verdict.ordinal();
        counts.lazySet(index, counts.get(index) + 1);
    }

    public long total(Verdict verdict) {
        return counts.get(verdict.ordinal());
    }
}
