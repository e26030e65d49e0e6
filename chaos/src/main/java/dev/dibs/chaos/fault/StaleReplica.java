package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.cluster.RedisNode;
import dev.dibs.chaos.cluster.SentinelRedis;
import dev.dibs.chaos.proxy.Rule;
import dev.dibs.chaos.proxy.Trouble;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** The replica hears nothing for a while; then the master dies, and the Sentinels make the replica master. */
final class StaleReplica implements Fault {
    private static final Duration PROMOTED_WITHIN = Duration.ofSeconds(30);
    private Rule rule;

    @Override
    public String name() {
        return "redis-stale-replica-promoted";
    }

    @Override
    public Set<Part> parts() {
        return Part.REDIS_AND_ITS_CODES;
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        SentinelRedis redis = (SentinelRedis) cluster.redis();
        RedisNode master = Choice.master(cluster, random);
        RedisNode replica = redis.otherThan(master);
        rule = cluster.network()
                .impose(
                        Trouble.SILENCE,
                        replica.member().name()::equals,
                        master.member().name()::equals);
        Duration stale = Duration.ofMillis(2_000 + random.nextInt(6_000));
        Patience.pause(stale);
        master.member().kill();
        boolean promoted = Patience.await(PROMOTED_WITHIN, replica::isMaster);
        return Outcome.madeIf(
                promoted,
                replica.member().name() + " heard nothing for " + stale.toMillis() + " ms, then kill -9 "
                        + master.member().name() + "; promoted=" + promoted);
    }

    @Override
    public void heal(Cluster cluster) {
        if (rule != null) {
            cluster.network().lift(rule);
        }
    }
}
