package dev.dibs.processor.running;

import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How often the statistics have been rebuilt, as a number in a topic that all processors follow. Whoever asks for a
 * rebuild writes the next number.
 */
final class Rebuilds implements AutoCloseable {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.STATS_REBUILDS, 0);
    private static final byte[] KEY = "rebuilds".getBytes(StandardCharsets.UTF_8);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final long WRITE_SECONDS = 15;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private int latest;

    /** @throws KafkaException where the brokers do not answer */
    Rebuilds(String kafka) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(PARTITION));
    }

    /** The number that stands there now. */
    int readToEnd() {
        long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
        while (consumer.position(PARTITION) < end) {
            poll();
        }
        return latest;
    }

    /** The greatest number that has been read; waits a moment for a greater one. */
    int poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            try {
                latest = Math.max(latest, Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8)));
            } catch (NumberFormatException e) {
                throw new KafkaException(
                        Topics.STATS_REBUILDS + " has at offset " + record.offset() + " what is no number", e);
            }
        }
        return latest;
    }

    /** Has all processors begin anew, and returns when the number is written. */
    static void announce(String kafka, int number) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(Topics.STATS_REBUILDS, 0, KEY, value))
                    .get(WRITE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("The rebuild could not be announced", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while the rebuild was announced", e);
        }
    }

    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        // Nothing is committed that it would be worth waiting for, and a broker that is silent must not hold up the
        // stop.
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }
}
