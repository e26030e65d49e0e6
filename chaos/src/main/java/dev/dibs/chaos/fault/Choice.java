package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.chaos.cluster.RedisNode;
import dev.dibs.chaos.cluster.SentinelRedis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Whom a fault strikes. */
@FunctionalInterface
interface Choice {
    List<Member> of(Cluster cluster, Random random);

    /** One of those whose name begins so. */
    static Choice one(String prefix) {
        return some(prefix, 1);
    }

    /** So many of those whose name begins so. */
    static Choice some(String prefix, int count) {
        return (cluster, random) -> {
            List<Member> all = new ArrayList<>(cluster.membersCalled(prefix));
            Collections.shuffle(all, random);
            return all.subList(0, count);
        };
    }

    /** The node that holds what is sold: the Sentinels' master, or a node of a cluster that holds some of it. */
    static Choice redisMaster() {
        return (cluster, random) -> List.of(master(cluster, random).member());
    }

    /** The node that stands by; only with Sentinels. */
    static Choice redisReplica() {
        return (cluster, random) -> {
            SentinelRedis redis = (SentinelRedis) cluster.redis();
            return List.of(redis.otherThan(master(cluster, random)).member());
        };
    }

    static String names(List<Member> members) {
        return members.stream().map(Member::name).collect(Collectors.joining(", "));
    }

    /**
     * The Sentinels' master, or a node of a cluster that holds anything: breaking one without a single key breaks nothing.
     *
     * @throws ClusterException where no node of the cluster holds a key
     */
    static RedisNode master(Cluster cluster, Random random) {
        List<RedisNode> nodes = cluster.redis().nodes();
        if (cluster.redis() instanceof SentinelRedis redis) {
            return redis.master().orElse(nodes.get(0));
        }
        return oneThatHolds(nodes, RedisNode::keys, random)
                .orElseThrow(() -> new ClusterException("no node of the Redis Cluster holds a key"));
    }

    /** @param keys how many it has */
    static <T> Optional<T> oneThatHolds(List<T> nodes, ToLongFunction<T> keys, Random random) {
        List<T> holding =
                nodes.stream().filter(node -> keys.applyAsLong(node) > 0).toList();
        return holding.isEmpty() ? Optional.empty() : Optional.of(holding.get(random.nextInt(holding.size())));
    }
}
