package dev.dibs.testkit;

import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;

/** Makes all topics of Dibs where they are not there yet. */
public final class TestTopics {
    /** As many as the services ask for by default: whoever comes first makes them. */
    public static final int PARTITIONS = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestTopics() {}

    /** On the shared servers. */
    public static void create() {
        create(TestServers.kafka());
    }

    /** On any broker. Returns once each partition can be written to. */
    public static void create(String bootstrapServers) {
        List<NewTopic> topics = Topics.all(PARTITIONS, (short) 1);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            topics.forEach(topic -> create(admin, topic));
            Set<String> names = topics.stream().map(NewTopic::name).collect(Collectors.toSet());
            // A topic is made by the controller; the broker hears of it a little later.
            Awaitility.await().atMost(PATIENCE).until(() -> haveLeaders(admin, names));
        }
    }

    private static void create(Admin admin, NewTopic topic) {
        try {
            admin.createTopics(Set.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("The topic " + topic.name() + " cannot be made", e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("No answer after " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private static boolean haveLeaders(Admin admin, Set<String> names) throws Exception {
        try {
            return admin.describeTopics(names).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }
}
