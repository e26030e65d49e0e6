package dev.dibs.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker in this JVM: one node that is its own controller (KRaft), keeping its data in a folder. */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String NAME = "Kafka";
    private static final int NODE = 1;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final DataFolder folder;
    private final KafkaRaftServer server;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(DataFolder folder, KafkaRaftServer server, int port) {
        this.folder = folder;
        this.server = server;
        this.port = port;
    }

    /** Starts on the port of the last start in this folder, or on any free one. */
    public static EmbeddedKafka start(Path folder) {
        return start(folder, 0);
    }

    /**
     * Starts, and returns once clients can connect.
     *
     * @param port to listen on; 0 for the one of the last start or any free one
     * @throws ServerStartException if the folder or the port is in use, or the broker does not start
     */
    public static EmbeddedKafka start(Path folder, int port) {
        DataFolder data = DataFolder.open(folder, NAME);
        try {
            int brokerPort = data.port("broker", port);
            int controllerPort = data.port("controller", 0);
            Path log = data.resolve("log");
            KafkaFormat.once(log, NODE, Uuid.randomUuid().toString(), EmbeddedKafkaSettings.CONTROLLER);
            KafkaRaftServer server = new KafkaRaftServer(
                    KafkaConfig.fromProps(EmbeddedKafkaSettings.of(NODE, log, brokerPort, controllerPort), false),
                    Time.SYSTEM);
            startUp(server);
            return new EmbeddedKafka(data, server, brokerPort);
        } catch (ServerStartException e) {
            data.close();
            throw e;
        } catch (Exception e) {
            data.close();
            throw new ServerStartException("Kafka cannot start in " + data.path() + ": " + reason(e), e);
        }
    }

    private static void startUp(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException e) {
            Bounded.run("stopping the broker that did not start", STOP_WITHIN, server::shutdown);
            throw e;
        }
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What a client needs to connect. */
    public Map<String, Object> clientSettings() {
        return new HashMap<>(Map.of("bootstrap.servers", bootstrapServers()));
    }

    public int port() {
        return port;
    }

    /** Stops the broker, then its controller; all that was acknowledged is on disk then. Waits at most 20 seconds. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Bounded.run("stopping Kafka", STOP_WITHIN, () -> {
                server.shutdown();
                server.awaitShutdown();
            });
            folder.close();
        }
    }
}
