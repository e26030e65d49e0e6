package dev.dibs.api.control;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Who has appended a record waits here until this instance has read it: only then is it known what came of it.
 *
 * @param <T> what comes of a record
 */
public final class ReadBack<T> {
    /** Longer than the producer's own delivery timeout, so that a failure is known as what it is. */
    private static final Duration TIMEOUT = Duration.ofSeconds(12);

    private final Map<String, CompletableFuture<T>> awaited = new ConcurrentHashMap<>();

    /**
     * Appends the record once subscribed to.
     *
     * @param onFailure is told what is wrong, for the log, beside whoever waits
     * @return completes once the record has been read; after an error it is not known whether it will be
     */
    public Mono<T> append(
            TopicAppender appender, byte[] key, byte[] value, String type, Consumer<Exception> onFailure) {
        return Mono.defer(() -> {
            String eventId = UUID.randomUUID().toString();
            CompletableFuture<T> readBack = new CompletableFuture<>();
            awaited.put(eventId, readBack);
            appender.append(key, value, type, eventId, error -> {
                onFailure.accept(error);
                readBack.completeExceptionally(error);
            });
            return Mono.fromFuture(readBack)
                    .timeout(TIMEOUT)
                    // Off the thread that reads, which has better to do than what the caller does next.
                    .publishOn(Schedulers.parallel())
                    .doFinally(end -> awaited.remove(eventId));
        });
    }

    /** The record has been read, and this came of it. */
    public void read(ConsumerRecord<byte[], byte[]> record, Supplier<T> outcome) {
        if (awaited.isEmpty()) {
            return;
        }
        Header id = record.headers().lastHeader("ce_id");
        CompletableFuture<T> waiting =
                id == null ? null : awaited.remove(new String(id.value(), StandardCharsets.UTF_8));
        if (waiting != null) {
            waiting.complete(outcome.get());
        }
    }
}
