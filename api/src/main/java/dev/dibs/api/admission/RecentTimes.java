package dev.dibs.api.admission;

/**
 * The times of the latest of something, as many as are allowed within a period: exact over every period, where a bucket
 * that fills up again is only so on average. Not safe for use by several threads.
 */
final class RecentTimes {
    private final long period;
    private final long[] times;
    private int next;
    private int count;

    /** @param period in the unit of the times */
    RecentTimes(int most, long period) {
        this.period = period;
        this.times = new long[most];
    }

    /** How long until one more is allowed; zero where it is now. */
    long untilFree(long now) {
        return count < times.length ? 0 : Math.max(0, times[next] + period - now);
    }

    /** Whether as many as are allowed lie within the period. */
    boolean isFull(long now) {
        return untilFree(now) > 0;
    }

    void add(long now) {
        times[next] = now;
        next = (next + 1) % times.length;
        count = Math.min(times.length, count + 1);
    }

    /** The latest does not count. */
    void takeBack() {
        if (count > 0) {
            next = (next + times.length - 1) % times.length;
            count--;
        }
    }

    /** Whether any lies within the period. */
    boolean isAny(long now) {
        return count > 0 && times[(next + times.length - 1) % times.length] + period > now;
    }

    void clear() {
        next = 0;
        count = 0;
    }
}
