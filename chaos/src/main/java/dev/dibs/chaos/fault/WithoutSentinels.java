package dev.dibs.chaos.fault;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.chaos.cluster.RedisNode;

/** Holds the Sentinels, so that the same server is master again when it comes back. */
final class WithoutSentinels {
    private WithoutSentinels() {}

    static void run(Cluster cluster, Runnable work) {
        cluster.redis().sentinels().stream().map(RedisNode::member).forEach(Member::hold);
        try {
            work.run();
        } finally {
            cluster.redis().sentinels().stream().map(RedisNode::member).forEach(Member::letGo);
        }
    }
}
