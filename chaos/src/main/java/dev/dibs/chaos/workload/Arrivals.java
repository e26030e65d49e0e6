package dev.dibs.chaos.workload;

import java.time.Duration;

/** When which buyer comes: of each activity's buyers half in the first fifth of its time, as crowds do. */
final class Arrivals {
    private static final double RUSH_TIME = 0.2;
    private static final double RUSH_BUYERS = 0.5;

    private final int perSlot;
    private final int slots;
    private final long slotNanos;

    Arrivals(WorkloadPlan plan) {
        this.perSlot = plan.buyersPerActivity();
        this.slots = plan.activities();
        this.slotNanos = plan.slot().toNanos();
    }

    long buyers() {
        return (long) perSlot * slots;
    }

    /** Which activity is the latest when this buyer comes. */
    int slot(long buyer) {
        return (int) (buyer / perSlot);
    }

    /** From the beginning of the run. */
    Duration due(long buyer) {
        double place = (buyer % perSlot) / (double) perSlot;
        double within = place < RUSH_BUYERS
                ? place / RUSH_BUYERS * RUSH_TIME
                : RUSH_TIME + (place - RUSH_BUYERS) / (1 - RUSH_BUYERS) * (1 - RUSH_TIME);
        return Duration.ofNanos(slot(buyer) * slotNanos + (long) (within * slotNanos));
    }
}
