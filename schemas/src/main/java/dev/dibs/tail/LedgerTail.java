package dev.dibs.tail;

import dev.dibs.ledger.LedgerState;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole log, partition by partition from a given offset, through a ledger, and tells a listener the verdict
 * of each record. Partitions are assigned, not subscribed: every tail sees everything, and no rebalance stops it.
 */
public final class LedgerTail implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final LogListener listener;
    private final TailPositions positions = new TailPositions();
    private final LogFold fold;
    private final Queue<Runnable> betweenBatches = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile Thread thread;

    /**
     * Connects, and notes where the log ends now.
     *
     * @param kafka bootstrap servers and whatever else the connection needs
     * @param from the first offset to fold, by partition; partitions that are not named begin at their first record
     * @throws KafkaException where the brokers do not answer in time, or the log does not exist
     */
    public LedgerTail(Map<String, Object> kafka, Map<Integer, Long> from, LedgerState state, LogListener listener) {
        this(LogConsumers.create(kafka), from, state, listener);
    }

    /** For tests of what a broker does not do when asked. */
    LedgerTail(Consumer<byte[], byte[]> consumer, Map<Integer, Long> from, LedgerState state, LogListener listener) {
        this.listener = listener;
        this.fold = new LogFold(state, listener, positions);
        this.consumer = consumer;
        try {
            List<TopicPartition> partitions = LogConsumers.partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            from.forEach(
                    (partition, offset) -> consumer.seek(new TopicPartition(Topics.TICKET_EVENTS, partition), offset));
            this.ends = new TreeMap<>((a, b) -> Integer.compare(a.partition(), b.partition()));
            ends.putAll(consumer.endOffsets(partitions));
            partitions.forEach(p -> positions.advance(p.partition(), consumer.position(p)));
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Follows the log on a thread of its own until closed. */
    public synchronized void start(String threadName) {
        if (thread != null) {
            throw new IllegalStateException("This tail follows the log already, as " + thread.getName());
        }
        thread = new Thread(this::follow, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Folds, on the calling thread, up to where the log ended when this tail was made.
     *
     * @throws TimeoutException after a minute without a record
     */
    public void foldToEnd() {
        long lastRecord = System.nanoTime();
        while (!hasCaughtUp()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            fold.fold(records, consumer);
            if (!records.isEmpty()) {
                lastRecord = System.nanoTime();
            } else if (System.nanoTime() - lastRecord > STANDSTILL.toNanos()) {
                throw new TimeoutException("The brokers have sent no record of " + Topics.TICKET_EVENTS + " for "
                        + STANDSTILL.toSeconds() + " s; folded up to " + positions.all() + " of " + ends());
            }
        }
        listener.onBatchEnd();
        caughtUp.complete(null);
    }

    /** The end offsets of the log by partition, as they were when this tail was made. */
    public Map<Integer, Long> ends() {
        Map<Integer, Long> byPartition = new TreeMap<>();
        ends.forEach((partition, end) -> byPartition.put(partition.partition(), end));
        return byPartition;
    }

    /** How far the log has been folded. */
    public TailPositions positions() {
        return positions;
    }

    /** How many records have been read from the log so far. */
    public long recordsRead() {
        return fold.read();
    }

    /** Completes once all that was in the log when this tail was made has been folded. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /** Completes when the tail's thread ends; exceptionally if it ended by an error that it could not survive. */
    public CompletableFuture<Void> stopped() {
        return stopped;
    }

    private void follow() {
        try {
            while (closing.getCount() > 0) {
                pollOnce();
            }
            end(null);
        } catch (WakeupException e) {
            end(null);
        } catch (RuntimeException | Error e) {
            log.error("The tail of the log has stopped; topic={} error={}", Topics.TICKET_EVENTS, e.toString(), e);
            end(e);
        } finally {
            consumer.close();
        }
    }

    /** Nobody may wait for a tail that has ended. */
    private void end(Throwable error) {
        Throwable reason = error != null ? error : new CancellationException("The tail of the log was closed");
        caughtUp.completeExceptionally(reason);
        positions.end(reason);
        if (error == null) {
            stopped.complete(null);
        } else {
            stopped.completeExceptionally(error);
        }
    }

    /** Has this done by the thread that folds, when it is not folding: what it changes then changes under nobody. */
    public void betweenBatches(Runnable change) {
        betweenBatches.add(change);
    }

    private void pollOnce() {
        for (Runnable change = betweenBatches.poll(); change != null; change = betweenBatches.poll()) {
            change.run();
        }
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(POLL);
        } catch (RetriableException e) {
            log.warn(
                    "Reading the log failed, will be tried again; topic={} error={}",
                    Topics.TICKET_EVENTS,
                    e.toString());
            pause();
            return;
        }
        fold.fold(records, consumer);
        listener.onBatchEnd();
        if (!caughtUp.isDone() && hasCaughtUp()) {
            caughtUp.complete(null);
        }
    }

    private void pause() {
        try {
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private boolean hasCaughtUp() {
        return ends.entrySet().stream()
                .allMatch(end -> positions.next(end.getKey().partition()) >= end.getValue());
    }

    /** Stops and waits for the thread to end, at most five seconds; called by the listener, it only stops. */
    @Override
    public synchronized void close() {
        closing.countDown();
        if (thread == null) {
            consumer.close();
            end(null);
            return;
        }
        consumer.wakeup();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
