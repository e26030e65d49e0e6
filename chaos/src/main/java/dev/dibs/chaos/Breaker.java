package dev.dibs.chaos;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

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
     * @return what exactly was done
     */
    String once(List<Fault> faults) {
        Duration lasts = Duration.ZERO;
        StringBuilder what = new StringBuilder();
        for (Fault fault : faults) {
            what.append(what.isEmpty() ? "" : "; ").append(inject(fault));
            Duration own = fault.lasts(random);
            lasts = own.compareTo(lasts) > 0 ? own : lasts;
        }
        Patience.pause(lasts);
        faults.forEach(fault -> fault.heal(cluster));
        cluster.heal();
        return what.toString();
    }

    private String inject(Fault fault) {
        try {
            return fault.inject(cluster, random);
        } catch (ClusterException e) {
            // It struck a server that would not do what the fault asked of it; whatever was done has to be mended.
            return "not quite: " + e.getMessage();
        }
    }

    static String nameOf(List<Fault> faults) {
        return faults.stream().map(Fault::name).collect(Collectors.joining(FaultRecord.AND));
    }
}
