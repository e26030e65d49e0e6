package dev.dibs.processor;

import static org.awaitility.Awaitility.await;

import dev.dibs.ids.ActivityId;
import dev.dibs.testkit.TestServers;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All that the processor has written and committed, as a consumer sees it that reads nothing else. */
final class Written implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> TOPICS =
            List.of(Topics.GRAB_RESULTS, Topics.ACTIVITY_STATS, Topics.ACTIVITY_STATS_PER_SECOND, Topics.DEAD_LETTERS);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, List<ConsumerRecord<String, byte[]>>> read = new HashMap<>();

    Written() {
        Map<String, Object> settings = TestServers.kafkaClient();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads all that there is: one look shows a part only. */
    Written awaitEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        await().atMost(PATIENCE).until(() -> {
            poll();
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
        return this;
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(100))
                .forEach(record -> read.computeIfAbsent(record.topic(), name -> new ArrayList<>())
                        .add(record));
    }

    List<ConsumerRecord<String, byte[]>> all(String topic) {
        poll();
        return read.getOrDefault(topic, List.of());
    }

    /** In the order in which they were written. */
    Stream<ConsumerRecord<String, byte[]>> of(String topic, List<ActivityId> activities) {
        Set<String> ids = activities.stream().map(ActivityId::value).collect(Collectors.toSet());
        return all(topic).stream().filter(record -> ids.contains(record.key().split(":")[0]));
    }

    List<String> resultsOf(List<ActivityId> activities) {
        return of(Topics.GRAB_RESULTS, activities).map(ConsumerRecord::key).toList();
    }

    List<byte[]> deadLetters() {
        return all(Topics.DEAD_LETTERS).stream().map(ConsumerRecord::value).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
