package dev.dibs.chaos.cluster;

import dev.dibs.chaos.proxy.Network;
import dev.dibs.servers.FreePorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** A Redis Cluster of three masters without replicas: each has a third of the activities, and nobody replaces it. */
public final class ClusteredRedis implements RedisServers {
    private static final int SLOTS = 16_384;
    private static final int NODES = 3;

    private final List<RedisNode> nodes = new ArrayList<>();
    private final List<Integer> busPorts = new ArrayList<>();

    ClusteredRedis(Path folder, Path pids, Network network) {
        for (int i = 0; i < NODES; i++) {
            int bus = FreePorts.next();
            busPorts.add(bus);
            nodes.add(RedisNode.data(
                    "redis-" + (char) ('a' + i),
                    folder,
                    pids,
                    network,
                    List.of(
                            "cluster-enabled yes",
                            "cluster-node-timeout 3000",
                            // What one node has is sold on while another is away.
                            "cluster-require-full-coverage no",
                            "cluster-port " + bus,
                            "cluster-announce-ip 127.0.0.1",
                            "cluster-announce-port %announced%",
                            "cluster-announce-bus-port " + bus)));
        }
    }

    @Override
    public List<RedisNode> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public List<RedisNode> sentinels() {
        return List.of();
    }

    @Override
    public String uri() {
        return uri(RedisNode::announced);
    }

    /** Only the first contact is past the proxy: the nodes tell everybody the same addresses. */
    @Override
    public String directUri() {
        return uri(RedisNode::port);
    }

    private String uri(ToIntFunction<RedisNode> port) {
        return nodes.stream()
                .map(node -> "127.0.0.1:" + port.applyAsInt(node))
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    @Override
    public void join() {
        for (int i = 0; i < NODES; i++) {
            RedisNode node = nodes.get(i);
            if (!node.call("CLUSTER", "INFO").contains("cluster_slots_assigned:0")) {
                continue;
            }
            node.call(
                    "CLUSTER",
                    "ADDSLOTSRANGE",
                    Integer.toString(i * SLOTS / NODES),
                    Integer.toString((i + 1) * SLOTS / NODES - 1));
            node.call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (int i = 1; i < NODES; i++) {
            nodes.get(0)
                    .call(
                            "CLUSTER",
                            "MEET",
                            "127.0.0.1",
                            Integer.toString(nodes.get(i).port()),
                            Integer.toString(busPorts.get(i)));
        }
    }

    @Override
    public boolean isSettled() {
        return nodes.stream().allMatch(ClusteredRedis::seesAll);
    }

    private static boolean seesAll(RedisNode node) {
        try {
            String info = node.call("CLUSTER", "INFO");
            return info.contains("cluster_state:ok")
                    && info.contains("cluster_slots_ok:" + SLOTS)
                    && info.contains("cluster_known_nodes:" + NODES);
        } catch (ClusterException e) {
            return false;
        }
    }
}
