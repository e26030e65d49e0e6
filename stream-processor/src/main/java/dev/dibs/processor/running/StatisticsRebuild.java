package dev.dibs.processor.running;

import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Has the processors read everything anew, and waits until they have. */
public final class StatisticsRebuild {
    private static final long ANSWER_SECONDS = 10;
    private static final long PAUSE_MILLIS = 200;

    /**
     * What came of it.
     *
     * @param number how often the statistics have been rebuilt
     * @param done whether the processors have read, in this time, what was in the log when the rebuild began; else they
     *     are still at it, or do not run
     */
    public record Report(int number, boolean done) {}

    private StatisticsRebuild() {}

    /**
     * @param kafka brokers, {@code host:port} separated by commas
     * @param patience how long to wait; zero where no processor runs
     * @throws KafkaException where the brokers do not answer, or no processor has ever run
     */
    public static Report run(String kafka, Duration patience) {
        int number;
        try (Rebuilds rebuilds = new Rebuilds(kafka)) {
            number = rebuilds.readToEnd() + 1;
        }
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            Map<TopicPartition, Long> ends = ends(admin);
            Rebuilds.announce(kafka, number);
            String group = StreamsSettings.applicationId(number);
            long deadline = System.nanoTime() + patience.toNanos();
            boolean done = hasRead(admin, group, ends);
            while (!done && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                done = hasRead(admin, group, ends);
            }
            return new Report(number, done);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Kafka does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted", e);
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        var partitions = admin
                .describeTopics(List.of(Topics.TICKET_EVENTS))
                .allTopicNames()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .get(Topics.TICKET_EVENTS)
                .partitions()
                .stream()
                .collect(Collectors.toMap(
                        p -> new TopicPartition(Topics.TICKET_EVENTS, p.partition()), p -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get(ANSWER_SECONDS, TimeUnit.SECONDS).entrySet().stream()
                .filter(end -> end.getValue().offset() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static boolean hasRead(Admin admin, String group, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed;
        try {
            committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw e;
        }
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata read = committed.get(end.getKey());
            return read != null && read.offset() >= end.getValue();
        });
    }
}
