package dev.dibs.projector.tickets;

import dev.dibs.tail.LogConsumers;
import dev.dibs.topics.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Asks the log about times and ends, now and then, with a consumer of its own each time. */
public final class LogTimes {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Clock clock;

    /** @param kafka bootstrap servers and whatever else the connection needs */
    public LogTimes(Map<String, Object> kafka, Clock clock) {
        this.kafka = ClientIds.with(kafka, "times");
        this.clock = clock;
    }

    /** @throws org.apache.kafka.common.KafkaException where the brokers do not answer */
    public Map<Integer, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = LogConsumers.create(kafka)) {
            return LogConsumers.ends(consumer);
        }
    }

    /**
     * Until when what happened lies before the position: the time of the record there, or the present where the position
     * is the end.
     *
     * @return by partition, epoch milliseconds; partitions of which it cannot be told are left out
     * @throws org.apache.kafka.common.KafkaException where the brokers do not answer
     */
    public Map<Integer, Long> writtenUntil(Map<Integer, Long> positions) {
        Map<Integer, Long> times = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = LogConsumers.create(kafka)) {
            long now = clock.millis();
            LogConsumers.ends(consumer).forEach((partition, end) -> {
                long position = positions.getOrDefault(partition, 0L);
                if (position >= end) {
                    times.put(partition, now);
                } else if (position > 0) {
                    ConsumerRecord<byte[], byte[]> next = recordAt(consumer, partition, position);
                    if (next != null) {
                        times.put(partition, next.timestamp());
                    }
                }
            });
        }
        return times;
    }

    private static ConsumerRecord<byte[], byte[]> recordAt(
            KafkaConsumer<byte[], byte[]> consumer, int partition, long offset) {
        TopicPartition topic = new TopicPartition(Topics.TICKET_EVENTS, partition);
        consumer.assign(List.of(topic));
        consumer.seek(topic, offset);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                return record;
            }
        }
        return null;
    }
}
