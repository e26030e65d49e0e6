package dev.dibs.processor.running;

import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.processor.topology.Resumption;
import dev.dibs.results.GrabResultCodec;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks how far the results have been written, and how much there is to read. */
final class WrittenSoFar {
    /** Behind the last row stand at most markers of transactions; if it were more, the look is repeated further back. */
    private static final long FIRST_LOOK_BACK = 20;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private WrittenSoFar() {}

    /** @throws KafkaException where the brokers do not answer */
    static Resumption look(String kafka) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return new Resumption(
                    results(consumer),
                    Map.of(
                            Topics.TICKET_EVENTS,
                            toRead(consumer, Topics.TICKET_EVENTS),
                            Topics.GRAB_FUNNEL,
                            toRead(consumer, Topics.GRAB_FUNNEL)));
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
    }

    /** Behind the last record: a partition may end in a transaction's marker, which nobody is given to read. */
    private static Map<Integer, Long> toRead(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        Map<Integer, Long> ends = new HashMap<>();
        last(consumer, topic).forEach((partition, record) -> ends.put(partition, record.offset() + 1));
        return ends;
    }

    private static Map<Integer, Long> results(KafkaConsumer<byte[], byte[]> consumer) {
        Map<Integer, Long> written = new HashMap<>();
        last(consumer, Topics.GRAB_RESULTS).forEach((partition, row) -> written.put(partition, logOffset(row)));
        return written;
    }

    /** The last record of each partition that has one. */
    private static Map<Integer, ConsumerRecord<byte[], byte[]>> last(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<Integer, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
        consumer.endOffsets(partitions).forEach((partition, end) -> {
            ConsumerRecord<byte[], byte[]> last = last(consumer, partition, begins.get(partition), end);
            if (last != null) {
                found.put(partition.partition(), last);
            }
        });
        return found;
    }

    private static ConsumerRecord<byte[], byte[]> last(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long begin, long end) {
        consumer.assign(List.of(partition));
        for (long back = FIRST_LOOK_BACK; ; back *= 10) {
            long from = Math.max(begin, end - back);
            ConsumerRecord<byte[], byte[]> found = lastFrom(consumer, partition, from, end);
            if (found != null || from == begin) {
                return found;
            }
        }
    }

    private static ConsumerRecord<byte[], byte[]> lastFrom(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.seek(partition, from);
        ConsumerRecord<byte[], byte[]> last = null;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("The brokers do not send the last records of " + partition);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                last = record;
            }
        }
        return last;
    }

    private static long logOffset(ConsumerRecord<byte[], byte[]> record) {
        try {
            return GrabResultCodec.decode(record.value()).logOffset();
        } catch (UndecodableRecordException e) {
            throw new KafkaException(
                    "%s has at partition %d, offset %d what is no row of the results; only the processor may write there"
                            .formatted(record.topic(), record.partition(), record.offset()),
                    e);
        }
    }
}
