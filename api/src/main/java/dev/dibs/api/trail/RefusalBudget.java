package dev.dibs.api.trail;

import java.time.Clock;
import java.time.Duration;

/** So many refusals a period; what is beyond it is counted. */
public final class RefusalBudget {
    private final int perPeriod;
    private final long periodMillis;
    private final Clock clock;
    private long period = -1;
    private int taken;
    private int suppressed;

    public RefusalBudget(int perPeriod, Duration period, Clock clock) {
        this.perPeriod = perPeriod;
        this.periodMillis = period.toMillis();
        this.clock = clock;
    }

    /** How many have been left out since the last one that was not; -1 where this one is left out as well. */
    synchronized int take() {
        long now = clock.millis() / periodMillis;
        if (now != period) {
            period = now;
            taken = 0;
        }
        if (taken >= perPeriod) {
            suppressed = suppressed == Integer.MAX_VALUE ? suppressed : suppressed + 1;
            return -1;
        }
        taken++;
        int before = suppressed;
        suppressed = 0;
        return before;
    }
}
