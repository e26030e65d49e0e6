package dev.dibs.projector;

import dev.dibs.projector.mongo.MongoConnection;
import dev.dibs.projector.store.StoreException;
import dev.dibs.projector.tickets.ClientIds;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Waits, with a limit, until the servers are there: services may be started in any order, but not without servers. */
final class StartCheck {
    private static final long PAUSE_MILLIS = 250;

    private final long deadline;
    private final long seconds;

    StartCheck(Duration limit) {
        this.deadline = System.nanoTime() + limit.toNanos();
        this.seconds = limit.toSeconds();
    }

    /** @throws StartFailure where the limit has passed */
    void awaitMongo(MongoConnection mongo) {
        while (true) {
            try {
                mongo.ping();
                return;
            } catch (StoreException e) {
                pauseOrFail("MongoDB at %s (dibs.mongodb) cannot be reached".formatted(mongo.servers()), e);
            }
        }
    }

    /**
     * Waits for the topics also, which the API makes.
     *
     * @return the number of the log's partitions
     * @throws StartFailure where the limit has passed
     */
    int awaitKafka(Map<String, Object> kafka) {
        String servers = kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG).toString();
        Admin admin = connect(kafka, servers);
        try {
            while (true) {
                try {
                    return partitions(admin);
                } catch (ExecutionException | TimeoutException e) {
                    pauseOrFail(
                            "Kafka at %s (dibs.kafka) cannot be reached or does not have the topics %s and %s"
                                    .formatted(servers, Topics.TICKET_EVENTS, Topics.ACTIVITIES),
                            e);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            // Closing without a limit would wait for the answers that have just been given up.
            admin.close(Duration.ZERO);
        }
    }

    private static Admin connect(Map<String, Object> kafka, String servers) {
        try {
            return Admin.create(ClientIds.with(kafka, "start"));
        } catch (KafkaException e) {
            throw new StartFailure("Kafka at %s (dibs.kafka) cannot be used: %s".formatted(servers, rootMessage(e)), e);
        }
    }

    private int partitions(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        return admin.describeTopics(List.of(Topics.TICKET_EVENTS, Topics.ACTIVITIES))
                .allTopicNames()
                .get(left(), TimeUnit.NANOSECONDS)
                .get(Topics.TICKET_EVENTS)
                .partitions()
                .size();
    }

    Duration timeLeft() {
        return Duration.ofNanos(left());
    }

    private long left() {
        return Math.max(1, deadline - System.nanoTime());
    }

    private void pauseOrFail(String problem, Exception reason) {
        if (System.nanoTime() >= deadline) {
            throw new StartFailure("%s; waited %d s: %s".formatted(problem, seconds, rootMessage(reason)), reason);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StartFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartFailure("it was interrupted while waiting for the servers", e);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // MongoDB's driver goes on with all that it knows of each server.
        return root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getMessage().split("\\. Client view")[0];
    }
}
