package dev.dibs.api.admission;

import java.util.concurrent.atomic.LongAdder;

/** How much of what came of late was refused, over the last one to two periods. */
final class RecentShare {
    private final long period;
    private final LongAdder calls = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private volatile long since;
    private volatile long callsBefore;
    private volatile long refusalsBefore;

    /** @param period nanoseconds */
    RecentShare(long period, long now) {
        this.period = period;
        this.since = now;
    }

    void count(boolean refused, long now) {
        if (now - since > period) {
            turn(now);
        }
        calls.increment();
        if (refused) {
            refusals.increment();
        }
    }

    private synchronized void turn(long now) {
        long age = now - since;
        if (age <= period) {
            return;
        }
        boolean lately = age <= 2 * period;
        long callsNow = calls.sumThenReset();
        long refusalsNow = refusals.sumThenReset();
        callsBefore = lately ? callsNow : 0;
        refusalsBefore = lately ? refusalsNow : 0;
        since = now;
    }

    /** Whether more than half of it was. */
    boolean isMostlyRefused() {
        return 2 * (refusalsBefore + refusals.sum()) > callsBefore + calls.sum();
    }
}
