package dev.dibs.api.trail;

import dev.dibs.codec.CloudEventHeaders;
import dev.dibs.codec.TrailEntryCodec;
import dev.dibs.topics.Topics;
import dev.dibs.trail.TrailEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to the trail from a thread of its own, for {@code send} may block, and with a producer of its own, so that
 * the grabs of a crowd do not stand before it.
 */
public final class TrailWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TrailWriter.class);
    private static final int CAPACITY = 1_000;
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final String source;
    private final ThreadPoolExecutor thread;

    /** @param source names this instance in the records' headers */
    public TrailWriter(Producer<byte[], byte[]> producer, String source) {
        this.producer = producer;
        this.source = source;
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(CAPACITY), task -> {
            Thread writer = new Thread(task, "trail-writer");
            writer.setDaemon(true);
            return writer;
        });
        // The first send would have to wait for the metadata, and somebody for it.
        thread.execute(this::prime);
    }

    private void prime() {
        try {
            producer.partitionsFor(Topics.AUDIT);
        } catch (RuntimeException e) {
            log.warn("The trail does not answer yet; topic={} error={}", Topics.AUDIT, e.toString());
        }
    }

    /** @return completes when all replicas have it; with an error where that is not known */
    public CompletableFuture<Void> append(TrailEntry entry) {
        CompletableFuture<Void> appended = new CompletableFuture<>();
        try {
            thread.execute(() -> send(entry, appended));
        } catch (RejectedExecutionException e) {
            appended.completeExceptionally(e);
        }
        return appended;
    }

    private void send(TrailEntry entry, CompletableFuture<Void> appended) {
        try {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    Topics.AUDIT,
                    null,
                    entry.occurredAt(),
                    entry.callId().toString().getBytes(StandardCharsets.UTF_8),
                    TrailEntryCodec.encode(entry));
            CloudEventHeaders.write(
                    record.headers(), entry.eventId().toString(), entry.stage().type(), source, entry.occurredAt());
            producer.send(record, (metadata, error) -> {
                if (error == null) {
                    appended.complete(null);
                } else {
                    appended.completeExceptionally(error);
                }
            });
        } catch (RuntimeException e) {
            appended.completeExceptionally(e);
        }
    }

    /** Writes what is waiting, at most five seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE);
    }
}
