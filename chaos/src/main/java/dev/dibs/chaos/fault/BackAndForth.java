package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.cluster.RedisNode;
import dev.dibs.chaos.cluster.SentinelRedis;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** The replica is made master, and soon after the old master again: A, B, A. */
final class BackAndForth implements Fault {
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "redis-promoted-back-and-forth";
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.REDIS);
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        SentinelRedis redis = (SentinelRedis) cluster.redis();
        RedisNode first = Choice.master(cluster, random);
        RedisNode second = redis.otherThan(first);
        boolean there = failOver(redis, second);
        boolean back = failOver(redis, first);
        return Outcome.madeIf(
                there && back,
                first.member().name() + " to " + second.member().name() + " (" + there + ") and back (" + back + ")");
    }

    /** Sentinels refuse while one is under way, and until they have heard of the replica again. */
    private static boolean failOver(SentinelRedis redis, RedisNode to) {
        return Patience.await(SETTLES_WITHIN, () -> redis.isSettled() && redis.failOver())
                && Patience.await(SETTLES_WITHIN, to::isMaster);
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofSeconds(1);
    }

    @Override
    public void heal(Cluster cluster) {
        // Nothing is broken.
    }
}
