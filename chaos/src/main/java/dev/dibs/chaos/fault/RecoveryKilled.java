package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.cluster.RedisNode;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/**
 * Redis is emptied, both instances begin to rebuild it, and one of them is killed in the middle: the moment differs each
 * time, so that over many runs every step of a recovery is hit.
 */
final class RecoveryKilled implements Fault {
    private static final int WITHIN_MILLIS = 1_200;

    @Override
    public String name() {
        return "recovery-killed";
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.API, Part.REDIS, Part.DOCUMENTS);
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        RedisNode master = Choice.master(cluster, random);
        master.call("FLUSHALL");
        Duration later = Duration.ofMillis(random.nextInt(WITHIN_MILLIS));
        Patience.pause(later);
        Member api = Choice.one("api-").of(cluster, random).get(0);
        boolean killed = api.kill();
        return Outcome.madeIf(
                killed,
                "FLUSHALL on " + master.member().name() + ", " + later.toMillis() + " ms later kill -9 " + api.name());
    }

    @Override
    public void heal(Cluster cluster) {
        // The instance is started with all that are down.
    }
}
