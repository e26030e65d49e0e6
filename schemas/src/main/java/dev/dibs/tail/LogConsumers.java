package dev.dibs.tail;

import dev.dibs.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers of the whole log: partitions are assigned, and a position that is gone is an error. */
public final class LogConsumers {
    private LogConsumers() {}

    /** @param kafka bootstrap servers and whatever else the connection needs */
    public static KafkaConsumer<byte[], byte[]> create(Map<String, Object> kafka) {
        Properties settings = new Properties();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A position that the log does not have any more means lost records. Beginning anew would fold the log twice.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.putAll(kafka);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** @throws UnknownTopicOrPartitionException where there is no log */
    public static List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.TICKET_EVENTS).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        if (partitions.isEmpty()) {
            // A tail of nothing would have caught up at once, and say that nothing was ever sold.
            throw new UnknownTopicOrPartitionException("The topic " + Topics.TICKET_EVENTS + " does not exist");
        }
        return partitions;
    }

    /** Where the log ends now, by partition. */
    public static Map<Integer, Long> ends(Consumer<?, ?> consumer) {
        Map<Integer, Long> ends = new TreeMap<>();
        consumer.endOffsets(partitions(consumer)).forEach((partition, end) -> ends.put(partition.partition(), end));
        return ends;
    }
}
