package dev.dibs.api.verdict;

import dev.dibs.tail.LogConsumers;
import dev.dibs.tail.TailPositions;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait until a tail has folded what was in the log when they asked. One look at the ends of the log serves all
 * who have asked before it, and the next one is made when that has been folded: however many ask, and however far the tail
 * is behind, it has to tell of one. A look is made on a connection of its own: on the tail's it would stand behind the
 * fetch that waits for the next record.
 */
final class ReadToEnd implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReadToEnd.class);
    private static final Duration ENDS_TIMEOUT = Duration.ofSeconds(1);
    /** Between two looks, so that a crowd that lists its tickets costs each broker no more than two hundred a second. */
    private static final long PAUSE_MILLIS = 5;

    private static final long RETRY_MILLIS = 500;
    private static final long STOP_MILLIS = 5_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Tail tail;
    private final List<TopicPartition> partitions;
    /** Shared by all who have asked since the last look began. */
    private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>(new CompletableFuture<>());

    /** Why the brokers did not say at the last look. Until they do again nobody waits for them. */
    private volatile Throwable away;

    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::answer, "log-ends");

    /** Who reads the log. */
    interface Tail {
        /** Completes once the record at this offset has been folded; at once for one before the first. */
        CompletableFuture<Void> folded(int partition, long offset);
    }

    /**
     * @param kafka the connection to the log
     * @param positions of the tail, which knows all partitions by now
     */
    ReadToEnd(Map<String, Object> kafka, TailPositions positions) {
        this(LogConsumers.create(kafka), positions.all().keySet(), positions::folded);
    }

    /** For tests of when it looks. */
    ReadToEnd(Consumer<byte[], byte[]> consumer, Collection<Integer> partitions, Tail tail) {
        this.consumer = consumer;
        this.tail = tail;
        this.partitions = partitions.stream()
                .map(partition -> new TopicPartition(Topics.TICKET_EVENTS, partition))
                .toList();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Completes once all that is in the log at the time of this call, as far as the leaders of its partitions know, has been
     * folded; with an error where they do not say how much that is. Whoever waits sets a limit.
     */
    CompletableFuture<Void> ask() {
        Throwable why = away;
        if (why != null) {
            return CompletableFuture.failedFuture(why);
        }
        // Before the thread is woken: it takes this away before it looks.
        CompletableFuture<Void> answer = next.get().copy();
        asked.release();
        return answer;
    }

    private void answer() {
        try (consumer) {
            while (!isStopping()) {
                if (away == null) {
                    asked.acquire();
                    asked.drainPermits();
                }
                look();
                stopping.await(away == null ? PAUSE_MILLIS : RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
            end(new CancellationException("Nobody looks for the end of the log any more"));
        } catch (ExecutionException e) {
            // The tail has ended, and has said why.
            end(e.getCause());
        } catch (InterruptedException | WakeupException | InterruptException e) {
            end(e);
        } catch (RuntimeException | Error e) {
            log.error(
                    "The end of the log is not known any more; topic={} error={}",
                    Topics.TICKET_EVENTS,
                    e.toString(),
                    e);
            end(e);
        }
    }

    private void look() throws ExecutionException, InterruptedException {
        CompletableFuture<Void> waiting = next.getAndSet(new CompletableFuture<>());
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ENDS_TIMEOUT);
            away = null;
            folded(ends).get();
            waiting.complete(null);
        } catch (Exception | Error e) {
            // Whoever waits logs it, as seldom as is good.
            away = e;
            waiting.completeExceptionally(e);
            if (!(e instanceof KafkaException) || isStopping()) {
                throw e;
            }
        }
    }

    private CompletableFuture<Void> folded(Map<TopicPartition, Long> ends) {
        return CompletableFuture.allOf(ends.entrySet().stream()
                .map(end -> tail.folded(end.getKey().partition(), end.getValue() - 1))
                .toArray(CompletableFuture<?>[]::new));
    }

    private void end(Throwable why) {
        next.getAndSet(CompletableFuture.failedFuture(why)).completeExceptionally(why);
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Stops and waits for the thread to end, at most five seconds; to be called when the tail has ended. */
    @Override
    public void close() {
        stopping.countDown();
        consumer.wakeup();
        asked.release();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
