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

/** Those who wait until a reader has read what was in its topic when they asked. The reader's thread answers them. */
final class ReadThrough {
    private static final Duration ENDS_TIMEOUT = Duration.ofSeconds(5);

    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    /** Those for whom it is known how far to read, and how far that is. */
    private List<CompletableFuture<Void>> waiting = List.of();

    private Map<TopicPartition, Long> ends = Map.of();

    CompletableFuture<Void> ask() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    /** To be called by the reader after each batch. One look at the ends serves all who have asked before it. */
    void answer(Consumer<?, ?> consumer) {
        if (waiting.isEmpty() && !asked.isEmpty()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (CompletableFuture<Void> next = asked.poll(); next != null; next = asked.poll()) {
                all.add(next);
            }
            waiting = all;
            ends = Map.of();
        }
        if (waiting.isEmpty()) {
            return;
        }
        if (ends.isEmpty()) {
            ends = endsNow(consumer);
        }
        if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            waiting.forEach(answer -> answer.complete(null));
            waiting = List.of();
        }
    }

    private Map<TopicPartition, Long> endsNow(Consumer<?, ?> consumer) {
        try {
            return consumer.endOffsets(consumer.assignment(), ENDS_TIMEOUT);
        } catch (KafkaException e) {
            // Else they would gather for as long as the brokers are away.
            waiting.forEach(answer -> answer.completeExceptionally(e));
            waiting = List.of();
            throw e;
        }
    }
}
