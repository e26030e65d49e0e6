package dev.dibs.chaos;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes faults, lets them last, and heals them. */
final class Breaker {
    private final Cluster cluster;
    private final Random random;

    Breaker(Cluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
    }

    /**
     * Makes all of these, one soon after the other, and heals them once the longest has lasted.
     *
     * @return what came of each
     */
    List<Outcome> once(List<Fault> faults) {
        Duration lasts = Duration.ZERO;
        List<Outcome> outcomes = new ArrayList<>(faults.size());
        for (Fault fault : faults) {
            outcomes.add(inject(fault));
            Duration own = fault.lasts(random);
            lasts = own.compareTo(lasts) > 0 ? own : lasts;
        }
        Patience.pause(lasts);
        faults.forEach(fault -> fault.heal(cluster));
        cluster.heal();
        return outcomes;
    }

    /** Of a fault that does not succeed whatever was done has to be mended, but it does not count as made. */
    Outcome inject(Fault fault) {
        try {
            return fault.inject(cluster, random);
        } catch (ClusterException e) {
            // It struck a server that would not do what the fault asked of it.
            return Outcome.notMade(e.getMessage());
        }
    }
}
