package dev.dibs.projector.tickets;

import java.util.concurrent.atomic.LongAdder;

/** What the projector has done since it was started, and what somebody should look at. */
public final class ProjectionCounters {
    private final LongAdder written = new LongAdder();
    private final LongAdder withoutCode = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder undecodable = new LongAdder();
    private final LongAdder late = new LongAdder();

    void wrote(int changes) {
        written.add(changes);
    }

    void missedCodes(int tickets) {
        withoutCode.add(tickets);
    }

    void gaveUp(int rows) {
        refused.add(rows);
    }

    void passedOver() {
        late.increment();
    }

    /** A record of either topic that cannot be decoded. */
    public void skippedUndecodable() {
        undecodable.increment();
    }

    /** Changes of tickets that were written. */
    public long written() {
        return written.sum();
    }

    /** Alarm: tickets written without a code, as {@code ticket_codes} does not have it. */
    public long withoutCode() {
        return withoutCode.sum();
    }

    /** Alarm: changes that the database refused for good. */
    public long refused() {
        return refused.sum();
    }

    /** Alarm: records beyond the stored position that cannot be decoded. */
    public long undecodable() {
        return undecodable.sum();
    }

    /** Alarm: events of activities that were over already and had been let go of. */
    public long late() {
        return late.sum();
    }
}
