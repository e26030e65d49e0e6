package dev.dibs.servers;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of a Kafka cluster as a program of its own, for whoever wants several, or wants to kill one. Its argument is
 * a file of broker settings; beside them {@code cluster.id} names the cluster, so that an empty folder can be formatted.
 */
public final class KafkaNode {
    private static final Logger log = LoggerFactory.getLogger(KafkaNode.class);

    private KafkaNode() {}

    public static void main(String[] args) throws Exception {
        Properties settings = read(Path.of(args[0]));
        KafkaFormat.once(
                Path.of(settings.getProperty("log.dirs")),
                Integer.parseInt(settings.getProperty("node.id")),
                (String) settings.remove("cluster.id"),
                settings.getProperty("controller.listener.names"));
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-stop"));
        server.startup();
        log.info("Kafka node {} is up", settings.getProperty("node.id"));
        server.awaitShutdown();
    }

    private static Properties read(Path file) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return settings;
    }
}
