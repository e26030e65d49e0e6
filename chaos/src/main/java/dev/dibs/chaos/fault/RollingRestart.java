package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Member;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every service is asked to stop and started again, one after the other, each only when the one before serves again: as a
 * new version is put in place. Nobody needs to be healed after it.
 */
final class RollingRestart implements Fault {
    @Override
    public String name() {
        return "rolling-restart";
    }

    /** A service that is started needs all the servers: with one of them broken the rest would never be restarted. */
    @Override
    public Set<Part> parts() {
        return Part.ALL;
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        List<Member> services = Stream.of("api-", "processor-", "projector")
                .flatMap(prefix -> cluster.membersCalled(prefix).stream())
                .toList();
        for (Member service : services) {
            if (!service.stop()) {
                throw new ClusterException(service.name() + " did not end when asked (SIGTERM)");
            }
            service.start();
            service.awaitReady();
        }
        return Outcome.made("SIGTERM to " + Choice.names(services) + ", one after the other");
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ZERO;
    }

    @Override
    public void heal(Cluster cluster) {
        // Everybody runs already, unless a restart failed; then whoever is down is started with all others.
    }
}
