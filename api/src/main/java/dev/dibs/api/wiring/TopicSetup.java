package dev.dibs.api.wiring;

import dev.dibs.api.CannotStartException;
import dev.dibs.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.kafka.core.KafkaAdmin;

/** Creates the topics that are missing, and refuses to run on a log that is partitioned otherwise. */
final class TopicSetup {
    /** Brokers that are busy, as after they have all been started at once, are slow to begin with. */
    private static final long TIMEOUT_SECONDS = 60;

    private final KafkaAdmin kafka;

    TopicSetup(KafkaAdmin kafka) {
        this.kafka = kafka;
    }

    /** @throws CannotStartException where Kafka does not answer, or the log has another number of partitions */
    void ensure(int partitions, short replication) {
        try (Admin admin = Admin.create(kafka.getConfigurationProperties())) {
            Set<String> existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing = Topics.all(partitions, replication).stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            create(admin, missing);
            if (existing.contains(Topics.TICKET_EVENTS)) {
                checkPartitions(admin, partitions);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaTrouble.cannotStart(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted while the topics were created", e);
        }
    }

    private static void create(Admin admin, List<NewTopic> missing)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (var created : admin.createTopics(missing).values().values()) {
            try {
                created.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                // Another service may have been a moment faster.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static void checkPartitions(Admin admin, int partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> described = admin.describeTopics(List.of(Topics.TICKET_EVENTS))
                .allTopicNames()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        int there = described.get(Topics.TICKET_EVENTS).partitions().size();
        if (there != partitions) {
            throw new CannotStartException(
                    "The log has " + there + " partitions, but dibs.partitions is " + partitions
                            + "; the number can never change once the log exists",
                    null);
        }
    }
}
