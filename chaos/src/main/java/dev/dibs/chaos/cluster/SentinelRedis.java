package dev.dibs.chaos.cluster;

import dev.dibs.chaos.proxy.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A master, a replica, and three Sentinels that make the replica master where the master is away for two seconds. */
public final class SentinelRedis implements RedisServers {
    private static final String MASTER_ID = "dibs";
    private static final int SENTINELS = 3;

    private final RedisNode first;
    private final RedisNode second;
    private final List<RedisNode> sentinels = new ArrayList<>();

    SentinelRedis(Path folder, Path pids, Network network) {
        List<String> announced = List.of("replica-announce-ip 127.0.0.1", "replica-announce-port %announced%");
        first = RedisNode.data("redis-a", folder, pids, network, announced);
        List<String> replica = new ArrayList<>(announced);
        replica.add("replicaof 127.0.0.1 " + first.announced());
        second = RedisNode.data("redis-b", folder, pids, network, replica);
        for (int i = 1; i <= SENTINELS; i++) {
            sentinels.add(RedisNode.sentinel(
                    "sentinel-" + i,
                    folder,
                    pids,
                    network,
                    List.of(
                            "sentinel monitor %s 127.0.0.1 %d 2".formatted(MASTER_ID, first.announced()),
                            "sentinel down-after-milliseconds " + MASTER_ID + " 2000",
                            "sentinel failover-timeout " + MASTER_ID + " 6000",
                            "sentinel parallel-syncs " + MASTER_ID + " 1")));
        }
    }

    @Override
    public List<RedisNode> nodes() {
        return List.of(first, second);
    }

    @Override
    public List<RedisNode> sentinels() {
        return List.copyOf(sentinels);
    }

    @Override
    public String uri() {
        return sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.announced())
                .collect(Collectors.joining(",", "redis-sentinel://", "#" + MASTER_ID));
    }

    @Override
    public String directUri() {
        return "redis://127.0.0.1:" + master().orElse(first).port();
    }

    /** They find each other by themselves. */
    @Override
    public void join() {}

    /** The node that the Sentinels name; empty where they do not agree. */
    public Optional<RedisNode> master() {
        List<String> named = sentinels.stream()
                .filter(sentinel -> sentinel.member().serves())
                .map(SentinelRedis::masterAccordingTo)
                .distinct()
                .toList();
        return named.size() == 1
                ? nodes().stream()
                        .filter(node -> named.get(0).equals(Integer.toString(node.announced())))
                        .findFirst()
                : Optional.empty();
    }

    private static String masterAccordingTo(RedisNode sentinel) {
        try {
            String[] address = sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_ID)
                    .split("\n");
            return address[address.length - 1];
        } catch (ClusterException e) {
            return "";
        }
    }

    /** The other one of the two. */
    public RedisNode otherThan(RedisNode node) {
        return node == first ? second : first;
    }

    /** Asks a Sentinel for a fail-over to the replica; answers whether it begins. */
    public boolean failOver() {
        try {
            sentinels.get(0).call("SENTINEL", "FAILOVER", MASTER_ID);
            return true;
        } catch (ClusterException e) {
            return false;
        }
    }

    @Override
    public boolean isSettled() {
        Optional<RedisNode> master = master();
        return master.isPresent()
                && master.get().isMaster()
                && follows(otherThan(master.get()), master.get())
                && sentinels.stream().allMatch(SentinelRedis::seesReplica);
    }

    private static boolean follows(RedisNode replica, RedisNode master) {
        try {
            String[] role = replica.call("ROLE").split("\n");
            // slave, host, port, state, offset
            return role[0].equals("slave")
                    && role[2].equals(Integer.toString(master.announced()))
                    && role[3].equals("connected");
        } catch (ClusterException e) {
            return false;
        }
    }

    /** Without knowing of the replica it could not make it master. */
    private static boolean seesReplica(RedisNode sentinel) {
        try {
            return sentinel.call("SENTINEL", "CKQUORUM", MASTER_ID).startsWith("OK")
                    && sentinel.call("INFO", "sentinel").contains("status=ok")
                    && sentinel.call("INFO", "sentinel").contains("slaves=1");
        } catch (ClusterException e) {
            return false;
        }
    }
}
