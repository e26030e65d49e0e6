package dev.dibs.servers;

import java.nio.file.Path;
import java.util.Properties;

/** The settings of a broker that is alone, small, and must forget nothing. */
final class EmbeddedKafkaSettings {
    static final String CONTROLLER = "CONTROLLER";

    private EmbeddedKafkaSettings() {}

    static Properties of(int node, Path log, int brokerPort, int controllerPort) {
        Properties settings = new Properties();
        address(settings, node, brokerPort, controllerPort);
        storage(settings, log);
        single(settings);
        small(settings);
        return settings;
    }

    private static void address(Properties settings, int node, int brokerPort, int controllerPort) {
        String broker = "PLAINTEXT://127.0.0.1:" + brokerPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node));
        settings.put("listeners", broker + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", broker);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER);
        // Named anew at each start and stored nowhere, so that the ports may change between two starts.
        settings.put("controller.quorum.voters", node + "@127.0.0.1:" + controllerPort);
    }

    private static void storage(Properties settings, Path log) {
        settings.put("log.dirs", log.toString());
        settings.put("log.retention.ms", "-1");
        settings.put("log.retention.bytes", "-1");
        settings.put("auto.create.topics.enable", "false");
    }

    private static void single(Properties settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // The session stays at 9 s, so that a starved machine does not lose its only broker; after a crash the
        // controller takes that long to take the broker back.
        settings.put("broker.heartbeat.interval.ms", "1000");
        // Nobody else will join: a consumer group need not wait for more members.
        settings.put("group.initial.rebalance.delay.ms", "0");
    }

    private static void small(Properties settings) {
        settings.put("offsets.topic.num.partitions", "3");
        settings.put("transaction.state.log.num.partitions", "3");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // Taken from the heap at once; 128 MB by default.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        // A no-op record every half second, by default, for observers that do not exist here.
        settings.put("metadata.max.idle.interval.ms", "5000");
    }
}
