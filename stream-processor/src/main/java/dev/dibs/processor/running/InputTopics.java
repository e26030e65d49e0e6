package dev.dibs.processor.running;

import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Sees to it that the topics exist before they are read.
 *
 * @param kafka bootstrap servers
 * @param partitions of topics that do not exist yet
 * @param timeout how long to wait for the brokers
 */
public record InputTopics(String kafka, int partitions, short replication, Duration timeout) {
    private static final long RETRY_MS = 200;

    /** @throws ProcessorStartException where the brokers do not answer in time, or topics do not fit together */
    void ensure() {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) timeout.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) Math.min(timeout.toMillis(), 5_000));
        List<NewTopic> topics = Topics.all(partitions, replication);
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Admin admin = Admin.create(settings)) {
            for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
                await(created, deadline, TopicExistsException.class);
            }
            requireSamePartitions(describe(admin, deadline));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessorStartException("interrupted while waiting for Kafka at " + kafka, e);
        } catch (TimeoutException e) {
            throw notReachable(e);
        } catch (KafkaException e) {
            throw new ProcessorStartException("Kafka at " + kafka + " cannot be used: " + reason(e), e);
        }
    }

    /** A topic that was made just now may take a moment to be known everywhere. */
    private Map<String, TopicDescription> describe(Admin admin, long deadline)
            throws InterruptedException, TimeoutException {
        List<String> names = List.of(Topics.TICKET_EVENTS, Topics.ACTIVITIES, Topics.GRAB_FUNNEL);
        while (true) {
            Map<String, TopicDescription> found = await(
                    admin.describeTopics(names).allTopicNames(), deadline, UnknownTopicOrPartitionException.class);
            if (found != null) {
                return found;
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
    }

    private static void requireSamePartitions(Map<String, TopicDescription> topics) {
        long counts = topics.values().stream()
                .map(topic -> topic.partitions().size())
                .distinct()
                .count();
        if (counts > 1) {
            throw new ProcessorStartException(
                    "the topics must have the same number of partitions, since they meet by activity, but have "
                            + topics.values().stream()
                                    .map(topic -> topic.name() + "="
                                            + topic.partitions().size())
                                    .sorted()
                                    .toList());
        }
    }

    /** What the future holds, or null where it failed with what is tolerated. */
    private <T> T await(KafkaFuture<T> future, long deadline, Class<? extends Exception> tolerated)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (tolerated.isInstance(e.getCause())) {
                return null;
            }
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw notReachable(e.getCause());
            }
            throw new ProcessorStartException(
                    "Kafka at " + kafka + " refuses the topics: " + reason(e.getCause()), e.getCause());
        }
    }

    private ProcessorStartException notReachable(Throwable cause) {
        return new ProcessorStartException(
                "Kafka cannot be reached at " + kafka + " within " + timeout.toSeconds() + " s (dibs.kafka)", cause);
    }

    private static String reason(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
