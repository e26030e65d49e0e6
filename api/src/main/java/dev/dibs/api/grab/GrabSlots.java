package dev.dibs.api.grab;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many grabs may be under way at one time: as many as are decided in time. Claims that wait longer than their
 * deadline are worth nothing, but cost what is short all the same; were all let in, a system offered ten times of what it
 * can do would be busy with claims that are too late, and confirm nothing. So when a grab takes too long, the number is
 * cut to what was decided meanwhile, scaled to the time that a grab may take (Little's law: as many are under way as are
 * done in the time that each takes); and it grows again while grabs are quick, as fast as TCP lets a window grow
 * (RFC 5681), for what was a stall must not be taken for a crowd for long. A few that are slow are no crowd at all: the
 * first buyers of a process that has just started wait for its code to be compiled, and those after them must not be sent
 * away for it. And what once was a crowd is forgotten when it has been quiet for a while.
 */
final class GrabSlots {
    /**
     * What one instance decides in half a second on a small machine: the first moment of a sale is its fullest, and nobody
     * is sent away before it is known that there are too many.
     */
    private static final int AT_FIRST = 4_096;
    /** Where everything is slow, because it is far away and not because there is too much of it, the sale must go on. */
    private static final int AT_LEAST = 8;
    /** For so long no crowd: then the next one is met like the first. */
    private static final long FORGOTTEN_AFTER_NANOS = Duration.ofSeconds(10).toNanos();
    /** One round of grabs grows the number by so much of itself; up to half of what it was before it was cut, by all. */
    private static final double GROWTH = 1 / 64.0;

    private final int most;
    private final int least;
    private final long inTimeNanos;
    private final LongSupplier nanoTime;
    private double limit;
    private double growsFastTo;
    private int taken;
    /** How many have been given back that were decided in about the time they may take. */
    private long decided;

    private boolean wasCut;
    private long cutAt;
    /** When half of the slots were last in use. */
    private long crowdedAt;

    /** One grab that is under way. */
    final class Slot {
        private final long takenAt = nanoTime.getAsLong();
        private final long decidedBefore = decided;

        /** Gives it back; to be called once. */
        void give() {
            GrabSlots.this.give(this);
        }
    }

    /**
     * @param most whatever the speed
     * @param inTime what a grab may take, from claim to verdict, before fewer are let in
     */
    GrabSlots(int most, Duration inTime, LongSupplier nanoTime) {
        this.most = most;
        this.least = Math.min(AT_LEAST, most);
        this.limit = Math.min(AT_FIRST, most);
        this.growsFastTo = most;
        this.inTimeNanos = inTime.toNanos();
        this.nanoTime = nanoTime;
    }

    /** A slot, or null if none is free; never waits. */
    synchronized Slot take() {
        if (2 * taken >= limit) {
            crowdedAt = nanoTime.getAsLong();
        } else if (wasCut && isForgotten()) {
            wasCut = false;
            limit = Math.min(AT_FIRST, most);
            growsFastTo = most;
        }
        if (taken >= (int) limit) {
            return null;
        }
        taken++;
        return new Slot();
    }

    private boolean isForgotten() {
        long now = nanoTime.getAsLong();
        return now - cutAt > FORGOTTEN_AFTER_NANOS && now - crowdedAt > FORGOTTEN_AFTER_NANOS;
    }

    private synchronized void give(Slot slot) {
        long now = nanoTime.getAsLong();
        long took = now - slot.takenAt;
        if (took <= 2 * inTimeNanos) {
            decided++;
        }
        if (took > inTimeNanos) {
            if (taken > least) {
                cut(slot, now, took);
            }
        } else if (2 * taken >= limit) {
            // Unused slots say nothing of how many there may be.
            limit = Math.min(most, limit + (limit < growsFastTo ? 1 : GROWTH));
        }
        taken--;
    }

    /** Once for all who came in before: they waited in a crowd that is smaller now. */
    private void cut(Slot slot, long now, long took) {
        if (wasCut && slot.takenAt - cutAt < 0) {
            return;
        }
        double meanwhile = decided - slot.decidedBefore;
        growsFastTo = Math.min(limit, taken) / 2;
        limit = Math.max(least, Math.min(limit, meanwhile * inTimeNanos / took));
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
