package dev.dibs.api.control;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of a topic, from its first record, on a thread of its own, and stays with it. It waits for a topic that is
 * not there yet, and goes on where it was after the brokers were away.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 500;
    private static final long STOP_MILLIS = 5_000;

    /** What is done with the records. All of it is called by the follower's thread, and must not throw. */
    public interface Reader {

        /**
         * The topic is there and nothing of it has been read. What this throws of Kafka's exceptions has it tried again.
         */
        default void beforeFirst(Consumer<byte[], byte[]> consumer) {}

        void read(ConsumerRecord<byte[], byte[]> record);

        /**
         * Called at least ten times a second or so while the brokers answer.
         *
         * @param caughtUp whether all that was in the topic at the start has been read
         */
        void afterBatch(boolean caughtUp);
    }

    private final Map<String, Object> settings;
    private final String topic;
    private final String threadName;
    private final Reader reader;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ReadThrough readThrough = new ReadThrough();
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile Thread thread;

    /** @param kafka bootstrap servers, client id, and whatever else the connection needs */
    public TopicFollower(Map<String, Object> kafka, String topic, String threadName, Reader reader) {
        this.topic = topic;
        this.threadName = threadName;
        this.reader = reader;
        settings = new HashMap<>();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.putAll(kafka);
    }

    public void start() {
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread = new Thread(this::follow, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    public boolean isRunning() {
        return thread != null;
    }

    /** Completes once all that was in the topic when this started has been read. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    public boolean isCaughtUp() {
        return caughtUp.isDone() && !caughtUp.isCompletedExceptionally();
    }

    /**
     * Completes once all that is in the topic at the time of this call has been read; with one of Kafka's exceptions where
     * the brokers do not say how much that is. Not before the first record has been read: whoever waits sets a limit.
     */
    public CompletableFuture<Void> readThrough() {
        return readThrough.ask();
    }

    private void follow() {
        try (KafkaConsumer<byte[], byte[]> mine = consumer) {
            Map<TopicPartition, Long> ends = null;
            while (!isStopping()) {
                try {
                    if (ends == null) {
                        ends = begin(mine);
                    } else {
                        step(mine, ends);
                    }
                } catch (WakeupException | InterruptException e) {
                    break;
                } catch (KafkaException e) {
                    log.warn("A topic cannot be read, will be tried again; topic={} error={}", topic, e.toString());
                    pause();
                }
            }
            end(new CancellationException("The reader of " + topic + " was stopped"));
        } catch (RuntimeException | Error e) {
            log.error("The reader of a topic has stopped; topic={} error={}", topic, e.toString(), e);
            end(e);
        }
    }

    private void end(Throwable why) {
        caughtUp.completeExceptionally(why);
        readThrough.close(why);
    }

    /** The ends of the partitions now, or null where there is no such topic yet. */
    private Map<TopicPartition, Long> begin(KafkaConsumer<byte[], byte[]> mine) {
        var infos = mine.partitionsFor(topic, METADATA_TIMEOUT);
        if (infos == null || infos.isEmpty()) {
            // Whoever creates the topics may be a moment later than we are.
            pause();
            return null;
        }
        List<TopicPartition> partitions = infos.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        reader.beforeFirst(mine);
        mine.assign(partitions);
        mine.seekToBeginning(partitions);
        return mine.endOffsets(partitions, METADATA_TIMEOUT);
    }

    private void step(KafkaConsumer<byte[], byte[]> mine, Map<TopicPartition, Long> ends) {
        mine.poll(POLL).forEach(reader::read);
        boolean all = caughtUp.isDone()
                || ends.entrySet().stream().allMatch(end -> mine.position(end.getKey()) >= end.getValue());
        reader.afterBatch(all);
        if (all) {
            caughtUp.complete(null);
        }
        readThrough.answer(mine);
    }

    private void pause() {
        try {
            stopping.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Stops and waits for the thread to end, at most five seconds. */
    @Override
    public void close() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        stopping.countDown();
        consumer.wakeup();
        try {
            running.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }
}
