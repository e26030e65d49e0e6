package dev.dibs.standalone;

import dev.dibs.api.trail.TrailWriter;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.trail.TrailEntry;
import dev.dibs.trail.TrailEntry.Stage;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rebuilds that pass the API by tell the audit trail themselves, as the API does: before they begin, and how they ended.
 * Nobody has logged in to them, so that they name the user of the operating system, as what they were about.
 */
final class RebuildTrail {
    private static final Logger log = LoggerFactory.getLogger(RebuildTrail.class);
    private static final String SOURCE = "/dibs/standalone";
    private static final int MAX_TEXT = 200;
    private static final int BLOCKED_MILLIS = 10_000;
    private static final int DELIVERED_MILLIS = 15_000;
    private static final long WRITTEN_SECONDS = 30;

    private final TrailWriter writer;
    private final UUID callId = UUID.randomUUID();
    private final String action;

    private RebuildTrail(TrailWriter writer, String action) {
        this.writer = writer;
        this.action = action;
    }

    /**
     * Does it, once the trail has it.
     *
     * @param kafka brokers, {@code host:port} separated by commas
     * @param rebuild answers 0 where it was done, else it goes on without anybody waiting
     * @return what it answers
     * @throws ProblemException where the trail cannot be written; then nothing is done
     */
    static int told(String kafka, String action, IntSupplier rebuild) {
        try (TrailWriter writer = new TrailWriter(producer(kafka), SOURCE)) {
            RebuildTrail trail = new RebuildTrail(writer, action);
            trail.begin();
            String outcome = "failed";
            try {
                int exit = rebuild.getAsInt();
                outcome = exit == 0 ? "done" : "abandoned";
                return exit;
            } finally {
                trail.end(outcome);
            }
        }
    }

    private void begin() {
        try {
            append(Stage.BEGUN, "");
        } catch (ExecutionException | TimeoutException e) {
            throw new ProblemException(
                    "the audit trail cannot be written, and nothing is rebuilt without it: "
                            + (e.getCause() == null
                                    ? "Kafka does not answer"
                                    : e.getCause().getMessage()),
                    e);
        }
    }

    private void end(String outcome) {
        try {
            append(Stage.ENDED, outcome);
        } catch (ExecutionException | TimeoutException e) {
            // It has happened, whether the trail says so or not.
            log.warn("How a rebuild ended is missing in the trail; call={} error={}", callId, e.toString());
        }
    }

    private void append(Stage stage, String outcome) throws ExecutionException, TimeoutException {
        try {
            writer.append(new TrailEntry(
                            UUID.randomUUID(),
                            callId,
                            stage,
                            System.currentTimeMillis(),
                            "",
                            "",
                            "dibs-" + ProcessHandle.current().pid(),
                            action,
                            "",
                            systemUser(),
                            0,
                            outcome,
                            0))
                    .get(WRITTEN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException("interrupted", e);
        }
    }

    private static String systemUser() {
        String user = "system-user:" + System.getProperty("user.name", "");
        return user.substring(0, Math.min(user.length(), MAX_TEXT));
    }

    private static Producer<byte[], byte[]> producer(String kafka) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        BLOCKED_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        DELIVERED_MILLIS,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        BLOCKED_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
