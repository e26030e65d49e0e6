package dev.dibs.api.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Those who wait until a reader has read what was in its topic when they asked. The reader's thread answers them. */
final class ReadThrough {
    private static final Duration ENDS_TIMEOUT = Duration.ofSeconds(2);

    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    /** Those for whom it is known how far to read, and how far that is. */
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    private Map<TopicPartition, Long> ends = Map.of();
    private volatile Throwable over;

    CompletableFuture<Void> ask() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        asked.add(answer);
        Throwable why = over;
        if (why != null) {
            fail(why);
        }
        return answer;
    }

    /** To be called by the reader after each batch. One look at the ends serves all who have asked before it. */
    void answer(Consumer<?, ?> consumer) {
        // Whoever has waited for too long is gone.
        waiting.removeIf(CompletableFuture::isDone);
        if (waiting.isEmpty()) {
            if (asked.isEmpty()) {
                return;
            }
            drainAskedTo(waiting);
            ends = endsNow(consumer);
        }
        if (isRead(consumer)) {
            waiting.forEach(answer -> answer.complete(null));
            waiting.clear();
        }
    }

    /** Nothing is read any more: whoever waits is told so, and whoever asks from now on. By the reader. */
    void close(Throwable why) {
        over = why;
        waiting.forEach(answer -> answer.completeExceptionally(why));
        waiting.clear();
        fail(why);
    }

    private Map<TopicPartition, Long> endsNow(Consumer<?, ?> consumer) {
        try {
            return consumer.endOffsets(consumer.assignment(), ENDS_TIMEOUT);
        } catch (KafkaException e) {
            // Else they would gather for as long as the brokers are away.
            waiting.forEach(answer -> answer.completeExceptionally(e));
            waiting.clear();
            fail(e);
            throw e;
        }
    }

    private void fail(Throwable why) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        drainAskedTo(all);
        all.forEach(answer -> answer.completeExceptionally(why));
    }

    private void drainAskedTo(List<CompletableFuture<Void>> list) {
        for (CompletableFuture<Void> next = asked.poll(); next != null; next = asked.poll()) {
            list.add(next);
        }
    }

    private boolean isRead(Consumer<?, ?> consumer) {
        return ends.entrySet().stream().allMatch(end -> position(consumer, end.getKey()) >= end.getValue());
    }

    /** Without waiting: where a new leader has to be asked first, reading must go on for the other partitions. */
    private static long position(Consumer<?, ?> consumer, TopicPartition partition) {
        try {
            return consumer.position(partition, Duration.ZERO);
        } catch (TimeoutException e) {
            return -1;
        }
    }
}
