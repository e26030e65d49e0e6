package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.cluster.RedisNode;
import dev.dibs.chaos.cluster.SentinelRedis;
import dev.dibs.chaos.proxy.Rule;
import dev.dibs.chaos.proxy.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A network falls apart: the master and one API instance on one side; on the other the replica, the Sentinels and the
 * other instance. A replica that lacks the last seconds is made master there, while the old master goes on serving half
 * of the clients.
 */
final class SplitBrain implements Fault {
    private static final Duration PROMOTED_WITHIN = Duration.ofSeconds(30);
    private final List<Rule> rules = new ArrayList<>();

    @Override
    public String name() {
        return "redis-split-brain";
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.API, Part.REDIS, Part.DOCUMENTS);
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        SentinelRedis redis = (SentinelRedis) cluster.redis();
        RedisNode master = Choice.master(cluster, random);
        RedisNode replica = redis.otherThan(master);
        String stays = "api-" + (1 + random.nextInt(2));
        Trouble trouble = random.nextBoolean() ? Trouble.SILENCE : Trouble.CUT;

        rules.add(cluster.network()
                .impose(
                        Trouble.SILENCE,
                        replica.member().name()::equals,
                        master.member().name()::equals));
        Patience.pause(Duration.ofMillis(500 + random.nextInt(3_000)));
        // Whoever stays with the old master does not hear of the new one.
        rules.add(cluster.network()
                .impose(
                        Trouble.SILENCE,
                        stays::equals,
                        server -> server.startsWith("sentinel-")
                                || server.equals(replica.member().name())));
        rules.add(cluster.network()
                .impose(
                        trouble,
                        client -> !client.equals(stays),
                        master.member().name()::equals));
        boolean promoted = Patience.await(PROMOTED_WITHIN, replica::isMaster);
        return Outcome.madeIf(
                promoted,
                master.member().name() + " keeps " + stays + " (" + trouble + " for the others), "
                        + replica.member().name() + " is made master; promoted=" + promoted);
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofMillis(3_000 + random.nextInt(5_000));
    }

    @Override
    public void heal(Cluster cluster) {
        rules.forEach(cluster.network()::lift);
    }
}
