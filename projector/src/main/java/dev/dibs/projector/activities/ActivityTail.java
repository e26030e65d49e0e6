package dev.dibs.projector.activities;

import dev.dibs.projector.tickets.Retrier;
import dev.dibs.tail.LogConsumers;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the compacted topic of activities, from its beginning at each start: it is small, and so needs no position. */
public final class ActivityTail implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ActivityTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ActivityProjection projection;
    private final Retrier retrier;
    private final Thread thread;
    private final Map<Integer, Long> logEnds;
    private volatile boolean closing;

    /**
     * @param kafka bootstrap servers and whatever else the connection needs
     * @throws KafkaException where the brokers do not answer in time
     */
    public ActivityTail(Map<String, Object> kafka, String threadName, ActivityProjection projection, Retrier retrier) {
        this.projection = projection;
        this.retrier = retrier;
        this.thread = new Thread(this::follow, threadName);
        thread.setDaemon(true);
        this.consumer = new KafkaConsumer<>(settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            this.logEnds = LogConsumers.ends(consumer);
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ACTIVITIES).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.putAll(kafka);
        return settings;
    }

    /** Where the log of events ended, by partition, before this began to read. */
    public Map<Integer, Long> logEnds() {
        return logEnds;
    }

    /**
     * Reads, on the calling thread, what is in the topic now; the documents are written later.
     *
     * @throws TimeoutException where that takes longer than the limit
     */
    public void readToEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("Reading " + Topics.ACTIVITIES + " took longer than " + limit);
            }
            consumer.poll(POLL).forEach(projection::read);
        }
    }

    /** Follows the topic, and writes the documents, on a thread of its own until closed. */
    public void start() {
        thread.start();
    }

    private void follow() {
        try (consumer) {
            for (int failures = 0; !closing; ) {
                projection.write();
                failures = poll() ? 0 : failures + 1;
                if (failures > 0) {
                    retrier.pause(failures);
                }
            }
        } catch (WakeupException e) {
            log.debug("The tail of {} is closed", Topics.ACTIVITIES);
        }
    }

    private boolean poll() {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(projection::read);
            return true;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            log.warn("Reading failed and is tried again; topic={} error={}", Topics.ACTIVITIES, e.toString());
            return false;
        }
    }

    /** Stops and waits for the thread to end, at most five seconds. */
    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
