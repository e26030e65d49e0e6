package dev.dibs.standalone.report;

import dev.dibs.ids.ActivityId;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads partitions from their first record to where they end when the reading begins. In no group; it only looks. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    /** So long may a broker say nothing before it counts as unreachable. */
    private static final Duration STALL = Duration.ofSeconds(20);

    /** Closing a consumer waits for the fetch under way, which at the end of a topic takes half a second by default. */
    private static final int FETCH_WAIT_MILLIS = 50;

    /** What is read ahead lies in memory: 50 MB of it by default. */
    private static final int FETCH_BYTES = 2 << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @param kafka bootstrap servers */
    TopicReader(String kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES / 4);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** @throws ProblemException where there is no such topic */
    List<TopicPartition> partitions(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new ProblemException("there is no topic " + topic + " there; has a dibs ever run on this Kafka?");
        }
        return partitions;
    }

    /** The only one that has records of this activity. */
    TopicPartition partition(String topic, ActivityId activityId) {
        return new TopicPartition(
                topic, Topics.partition(activityId, partitions(topic).size()));
    }

    /**
     * @return where the reading ended: the next offset of each partition, by its name
     * @throws ProblemException where nothing more comes
     */
    Map<String, Long> read(List<TopicPartition> partitions, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        // Of all at once, so that totals and seconds are of the same moment as nearly as can be.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long heard = System.nanoTime();
        long before = -1;
        while (!hasReached(ends)) {
            consumer.poll(POLL).forEach(record -> {
                // What was written since then is another moment's.
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    each.accept(record);
                }
            });
            long now = progress();
            if (now > before) {
                before = now;
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > STALL.toNanos()) {
                throw new ProblemException("nothing more came from Kafka for " + STALL.toSeconds() + " s");
            }
        }
        Map<String, Long> readTo = new TreeMap<>();
        ends.forEach((partition, end) -> readTo.put(partition.toString(), end));
        return readTo;
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private long progress() {
        return consumer.assignment().stream().mapToLong(consumer::position).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
