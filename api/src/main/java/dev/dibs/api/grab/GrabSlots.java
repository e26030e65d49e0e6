package dev.dibs.api.grab;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many grabs may be under way at one time: as many as are decided in time. Claims that wait longer than their
 * deadline are worth nothing, but cost what is short all the same; were all let in, a system offered ten times of what it
 * can do would be busy with claims that are too late, and confirm nothing. So the number falls in proportion when a grab
 * takes too long, once for all who came in before that was known, and grows again while grabs are quick (additive
 * increase, multiplicative decrease, as TCP does it: Chiu and Jain, 1989).
 */
final class GrabSlots {
    /** The crowd's first second must not depend on what happened to be going on before it. */
    private static final int AT_FIRST = 512;
    /** Where everything is slow, because it is far away and not because there is too much of it, the sale must go on. */
    private static final int AT_LEAST = 8;
    /** One round of grabs grows the number by so much of itself. */
    private static final double GROWTH = 1 / 64.0;

    private static final double DEEPEST_CUT = 0.5;
    private static final double SLIGHTEST_CUT = 0.95;

    private final int most;
    private final int least;
    private final long inTimeNanos;
    private final LongSupplier nanoTime;
    private double limit;
    private int taken;
    private boolean wasCut;
    private long cutAt;

    /**
     * @param most whatever the speed
     * @param inTime what a grab may take, from claim to verdict, before fewer are let in
     */
    GrabSlots(int most, Duration inTime, LongSupplier nanoTime) {
        this.most = most;
        this.least = Math.min(AT_LEAST, most);
        this.limit = Math.min(AT_FIRST, most);
        this.inTimeNanos = inTime.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Takes a slot if one is free; never waits. */
    synchronized boolean take() {
        if (taken >= (int) limit) {
            return false;
        }
        taken++;
        return true;
    }

    /**
     * Gives a slot back.
     *
     * @param takenAt when it was taken, by the same clock
     */
    synchronized void give(long takenAt) {
        long now = nanoTime.getAsLong();
        long took = now - takenAt;
        if (took > inTimeNanos) {
            cut(takenAt, now, took);
        } else if (2 * taken >= limit) {
            // Unused slots say nothing of how many there may be.
            limit = Math.min(most, limit + (wasCut ? GROWTH : 1));
        }
        taken--;
    }

    /** Whoever came in before the last cut waited in a crowd that is smaller now. */
    private void cut(long takenAt, long now, long took) {
        if (wasCut && takenAt - cutAt < 0) {
            return;
        }
        double factor = Math.max(DEEPEST_CUT, Math.min(SLIGHTEST_CUT, (double) inTimeNanos / took));
        limit = Math.max(least, limit * factor);
        wasCut = true;
        cutAt = now;
    }

    synchronized int limit() {
        return (int) limit;
    }

    synchronized int taken() {
        return taken;
    }
}
