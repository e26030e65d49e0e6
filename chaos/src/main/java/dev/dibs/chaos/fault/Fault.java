package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** One thing that goes wrong, once. Whoever runs it heals it, then sees to it that everybody is up again. */
public interface Fault {

    /** Of what kind it is; the report counts by it. */
    String name();

    /** What it breaks, and what it needs whole for breaking nothing more than the promises allow. */
    Set<Part> parts();

    /**
     * Makes it happen. Takes bounded time, also where something does not answer.
     *
     * @param random decides what the kind leaves open: which instance, how much
     * @throws dev.dibs.chaos.cluster.ClusterException where it could not be made; whatever was done of it is healed all the
     *     same
     */
    Outcome inject(Cluster cluster, Random random);

    /** How long it lasts, between injecting and healing. */
    default Duration lasts(Random random) {
        return Duration.ofMillis(3_000 + random.nextInt(7_000));
    }

    /** Ends it. Processes that are down need not be started: that is done for all. */
    void heal(Cluster cluster);
}
