package dev.dibs.chaos.cluster;

import dev.dibs.chaos.proxy.Network;
import dev.dibs.servers.FreePorts;
import dev.dibs.servers.KafkaNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers that are controllers as well, with three copies of everything. Clients reach them through the proxy:
 * that is what their advertised addresses say. Among themselves, and for whoever checks, they have a listener of their
 * own.
 */
final class KafkaNodes {
    static final int COUNT = 3;
    private static final int HEAP_MEGABYTES = 384;

    private record Ports(int clients, int advertised, int internal, int controller) {}

    private final List<Member> members = new ArrayList<>();
    private final List<Ports> ports = new ArrayList<>();

    KafkaNodes(Path folder, Path pids, Network network) {
        String clusterId = Uuid.randomUuid().toString();
        for (int i = 0; i < COUNT; i++) {
            int clients = FreePorts.next();
            ports.add(new Ports(clients, network.front(nameOf(i), clients), FreePorts.next(), FreePorts.next()));
        }
        for (int i = 0; i < COUNT; i++) {
            Path own = folder.resolve(nameOf(i));
            Path file = write(own, settings(i, clusterId, own.resolve("data")));
            int internal = ports.get(i).internal;
            members.add(new Member(
                    nameOf(i),
                    own,
                    pids,
                    Launch.server(HEAP_MEGABYTES, KafkaNode.class, List.of(file.toString())),
                    () -> Probe.accepts(internal)));
        }
    }

    private static String nameOf(int index) {
        return "kafka-" + (index + 1);
    }

    List<Member> members() {
        return members;
    }

    /** For the services: through the proxy. */
    String bootstrap() {
        return addresses(ports.stream().map(Ports::advertised).toList());
    }

    /** Past the proxy. */
    String direct() {
        return addresses(ports.stream().map(Ports::internal).toList());
    }

    private static String addresses(List<Integer> ports) {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    private Properties settings(int index, String clusterId, Path data) {
        Ports own = ports.get(index);
        Properties settings = new Properties();
        settings.put("cluster.id", clusterId);
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(index + 1));
        settings.put(
                "listeners",
                "CLIENTS://127.0.0.1:%d,INTERNAL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(own.clients, own.internal, own.controller));
        settings.put(
                "advertised.listeners",
                "CLIENTS://127.0.0.1:%d,INTERNAL://127.0.0.1:%d".formatted(own.advertised, own.internal));
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "INTERNAL");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "controller.quorum.voters",
                IntStream.range(0, COUNT)
                        .mapToObj(i -> (i + 1) + "@127.0.0.1:" + ports.get(i).controller)
                        .collect(Collectors.joining(",")));
        settings.put("log.dirs", data.toString());
        replicated(settings);
        small(settings);
        return settings;
    }

    private static void replicated(Properties settings) {
        settings.put("default.replication.factor", "3");
        settings.put("min.insync.replicas", "2");
        settings.put("offsets.topic.replication.factor", "3");
        settings.put("transaction.state.log.replication.factor", "3");
        settings.put("transaction.state.log.min.isr", "2");
        settings.put("share.coordinator.state.topic.replication.factor", "3");
        settings.put("share.coordinator.state.topic.min.isr", "2");
        settings.put("auto.create.topics.enable", "false");
        settings.put("log.retention.ms", "-1");
        // A broker that lags is left out sooner than after half a minute, so that it does not hold up the others.
        settings.put("replica.lag.time.max.ms", "10000");
    }

    private static void small(Properties settings) {
        settings.put("offsets.topic.num.partitions", "3");
        settings.put("transaction.state.log.num.partitions", "3");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
    }

    private static Path write(Path folder, Properties settings) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("server.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new ClusterException("The settings of Kafka cannot be written to " + folder, e);
        }
    }
}
