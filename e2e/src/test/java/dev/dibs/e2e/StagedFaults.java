package dev.dibs.e2e;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.chaos.cluster.Patience;
import dev.dibs.chaos.cluster.RedisNode;
import dev.dibs.chaos.cluster.SentinelRedis;
import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Outcome;
import dev.dibs.chaos.fault.Part;
import dev.dibs.chaos.proxy.Trouble;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** The moments in which a guard is needed, made so that it is certain to be; a random run meets some of them rarely. */
final class StagedFaults {
    static final String UNPUBLISHED_CLAIMS = "claims-left-in-the-outbox";
    static final String GAPS = "redis-emptied-with-gaps-below";
    static final String LATE_CLAIMS = "redis-held-and-still-master";

    private static final Duration HELD = Duration.ofMillis(2_500);
    private static final Duration UNHEARD = Duration.ofMillis(1_500);

    private StagedFaults() {}

    static Map<String, Supplier<Fault>> all() {
        return Map.of(
                UNPUBLISHED_CLAIMS, () -> new Staged(UNPUBLISHED_CLAIMS, StagedFaults::leaveClaims),
                GAPS, () -> new Staged(GAPS, StagedFaults::emptyWithGaps),
                LATE_CLAIMS, () -> new Staged(LATE_CLAIMS, StagedFaults::hold));
    }

    @FunctionalInterface
    private interface Deed {
        Outcome on(Cluster cluster);
    }

    private record Staged(String name, Deed deed) implements Fault {
        @Override
        public Set<Part> parts() {
            return EnumSet.allOf(Part.class);
        }

        @Override
        public Outcome inject(Cluster cluster, Random random) {
            return deed.on(cluster);
        }

        @Override
        public Duration lasts(Random random) {
            return Duration.ofMillis(500);
        }

        @Override
        public void heal(Cluster cluster) {
            cluster.network().heal();
        }
    }

    /** The instances claim, the log does not hear of it, and both die: what they have claimed lies in the outbox. */
    private static Outcome leaveClaims(Cluster cluster) {
        cluster.network()
                .impose(Trouble.SILENCE, client -> client.startsWith("api-"), server -> server.startsWith("kafka-"));
        Patience.pause(UNHEARD);
        List<Member> apis = cluster.membersCalled("api-");
        boolean killed = apis.stream().map(Member::kill).reduce(true, Boolean::logicalAnd);
        return new Outcome(killed, "both instances killed when the log had not heard of them");
    }

    /** What one instance claims gets lost with Redis, what the other claims beside it is in the log. */
    private static Outcome emptyWithGaps(Cluster cluster) {
        cluster.network().impose(Trouble.SILENCE, "api-1"::equals, server -> server.startsWith("kafka-"));
        Patience.pause(UNHEARD);
        return new Outcome(true, master(cluster).call("FLUSHALL"));
    }

    /** Redis does nothing for longer than a claim may take, then all that it was sent; it stays the master. */
    private static Outcome hold(Cluster cluster) {
        RedisNode master = master(cluster);
        List<Member> sentinels =
                cluster.redis().sentinels().stream().map(RedisNode::member).toList();
        sentinels.forEach(Member::hold);
        boolean held = master.member().hold();
        Patience.pause(HELD);
        master.member().letGo();
        sentinels.forEach(Member::letGo);
        return new Outcome(held, master.member().name() + " held for " + HELD.toMillis() + " ms");
    }

    private static RedisNode master(Cluster cluster) {
        return ((SentinelRedis) cluster.redis())
                .master()
                .orElseThrow(() -> new ClusterException("The Sentinels do not agree on a master"));
    }
}
