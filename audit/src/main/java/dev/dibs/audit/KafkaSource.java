package dev.dibs.audit;

import dev.dibs.audit.AuditSourceException.Source;
import dev.dibs.ledger.LedgerState;
import dev.dibs.tail.LedgerTail;
import dev.dibs.tail.LogListener;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads whole topics, as far as they reach when the reading begins; never waits for ever. */
final class KafkaSource {
    private static final Duration POLL = Duration.ofMillis(100);
    /** So long may a broker say nothing before it counts as unreachable. */
    private static final Duration STALL = Duration.ofSeconds(20);

    /** Closing a consumer waits for the fetch under way, which at the end of a topic takes half a second by default. */
    private static final int FETCH_WAIT_MILLIS = 50;

    /** What is read ahead lies in memory: 50 MB of it by default. */
    private static final int FETCH_BYTES = 2 << 20;

    private final String bootstrap;

    KafkaSource(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /**
     * Folds the log from its first record.
     *
     * @return the first offset of each partition, which is 0 unless something was deleted
     */
    Map<Integer, Long> fold(LedgerState ledger, LogListener listener) {
        Map<String, Object> settings = settings();
        try (LedgerTail tail = new LedgerTail(settings, Map.of(), ledger, listener)) {
            if (tail.ends().isEmpty()) {
                throw missing(Topics.TICKET_EVENTS);
            }
            Map<Integer, Long> starts = tail.positions().all();
            foldWatched(tail);
            return starts;
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    /** The tail itself waits as long as it takes; here somebody watches that it gets on. */
    private void foldWatched(LedgerTail tail) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread folding = new Thread(() -> foldInto(tail, done), "dibs-audit-log");
        folding.setDaemon(true);
        folding.start();
        Map<Integer, Long> before = Map.of();
        try {
            while (true) {
                try {
                    done.get(STALL.toSeconds(), TimeUnit.SECONDS);
                    return;
                } catch (TimeoutException e) {
                    Map<Integer, Long> now = tail.positions().all();
                    if (now.equals(before)) {
                        folding.interrupt();
                        folding.join(STALL.toMillis());
                        throw stalled(Topics.TICKET_EVENTS);
                    }
                    before = now;
                }
            }
        } catch (InterruptedException e) {
            folding.interrupt();
            Thread.currentThread().interrupt();
            throw new AuditSourceException(Source.KAFKA, bootstrap, "interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new IllegalStateException("Folding the log failed", e.getCause());
        }
    }

    private static void foldInto(LedgerTail tail, CompletableFuture<Void> done) {
        try {
            tail.foldToEnd();
            done.complete(null);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /** Reads a topic from its first record to its end; what a broken transaction has left is not told. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> row) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            readOn(consumer, topic, row);
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads on to where the consumer's partitions end now, polling at least once.
     *
     * @param what for the message if nothing more comes
     * @return where they end
     */
    Map<TopicPartition, Long> readOn(
            KafkaConsumer<byte[], byte[]> consumer, String what, Consumer<ConsumerRecord<byte[], byte[]>> row) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        long heard = System.nanoTime();
        do {
            long before = progress(consumer);
            consumer.poll(POLL).forEach(row);
            if (progress(consumer) > before) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > STALL.toNanos()) {
                throw stalled(what);
            }
        } while (!reached(consumer, ends));
        return ends;
    }

    /** A consumer that sees committed records only and belongs to no group. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = settings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES / 4);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return settings;
    }

    int partitionsOf(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return partitions(consumer, topic).size();
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw missing(topic);
        }
        return partitions;
    }

    private static boolean reached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static long progress(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.assignment().stream().mapToLong(consumer::position).sum();
    }

    AuditSourceException unreadable(KafkaException e) {
        return new AuditSourceException(Source.KAFKA, bootstrap, String.valueOf(e.getMessage()), e);
    }

    private AuditSourceException missing(String topic) {
        return new AuditSourceException(Source.KAFKA, bootstrap, "there is no topic " + topic, null);
    }

    private AuditSourceException stalled(String topic) {
        return new AuditSourceException(
                Source.KAFKA, bootstrap, "nothing more came of " + topic + " for " + STALL.toSeconds() + " s", null);
    }
}
