package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.ids.ActivityId;
import dev.dibs.tail.LogConsumers;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads all of {@code dibs.activities} into memory, on a thread of its own, and stays with it. */
public final class KafkaCatalogue implements Catalogue, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KafkaCatalogue.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 500;
    private static final long STOP_MILLIS = 5_000;

    private final Map<String, Object> settings;
    private final ActivityTable table = new ActivityTable();
    private final CatalogueFold fold = new CatalogueFold(table);
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Map<Integer, Long> logEnds = Map.of();
    private volatile Consumer<Activity> rewriter = activity -> {};
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile Thread thread;

    /** @param kafka bootstrap servers, client id, and whatever else the connection needs */
    public KafkaCatalogue(Map<String, Object> kafka) {
        settings = new HashMap<>();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.putAll(kafka);
    }

    @Override
    public Activity find(ActivityId activityId) {
        return table.find(activityId);
    }

    @Override
    public Collection<Activity> all() {
        return table.all();
    }

    @Override
    public void onChange(Consumer<Activity> listener) {
        fold.onChange(listener);
    }

    /** Completes once all that was in the topic when the catalogue started is in memory. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    public boolean isCaughtUp() {
        return caughtUp.isDone() && !caughtUp.isCompletedExceptionally();
    }

    /**
     * Where the log of events ended, by partition, before this began to read. Of an activity that is not there once it
     * has caught up, nothing lies before these offsets.
     */
    public Map<Integer, Long> logEnds() {
        return logEnds;
    }

    /** How many records could not be decoded. */
    public long undecodable() {
        return fold.undecodable();
    }

    /** Who writes an activity again whose latest record is not the one that counts. Must not block. */
    void rewriteBy(Consumer<Activity> writer) {
        rewriter = writer;
    }

    /** Completes, once the record with this {@code ce_id} has been read, with what the activity is then. */
    CompletableFuture<Activity> await(String eventId) {
        return fold.await(eventId);
    }

    void forget(String eventId) {
        fold.forget(eventId);
    }

    @Override
    public void start() {
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread = new Thread(this::follow, "catalogue");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop() {
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

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before the web server starts, and after it has stopped. */
    @Override
    public int getPhase() {
        return 0;
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
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
                    return;
                } catch (KafkaException e) {
                    log.warn(
                            "Activities cannot be read, will be tried again; topic={} error={}",
                            Topics.ACTIVITIES,
                            e.toString());
                    pause();
                }
            }
        } catch (RuntimeException | Error e) {
            log.error("The catalogue has stopped; topic={} error={}", Topics.ACTIVITIES, e.toString(), e);
            caughtUp.completeExceptionally(e);
        }
    }

    /** The ends of the partitions now, or null where there is no such topic yet. */
    private Map<TopicPartition, Long> begin(KafkaConsumer<byte[], byte[]> mine) {
        var infos = mine.partitionsFor(Topics.ACTIVITIES, METADATA_TIMEOUT);
        if (infos == null || infos.isEmpty()) {
            // Whoever creates the topics may be a moment later than we are.
            pause();
            return null;
        }
        List<TopicPartition> partitions = infos.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        logEnds = LogConsumers.ends(mine);
        mine.assign(partitions);
        mine.seekToBeginning(partitions);
        return mine.endOffsets(partitions, METADATA_TIMEOUT);
    }

    private void step(KafkaConsumer<byte[], byte[]> mine, Map<TopicPartition, Long> ends) {
        mine.poll(POLL).forEach(fold::fold);
        fold.tellNewListeners();
        if (!caughtUp.isDone()
                && ends.entrySet().stream().allMatch(end -> mine.position(end.getKey()) >= end.getValue())) {
            caughtUp.complete(null);
        }
        if (caughtUp.isDone()) {
            table.takeHidden().forEach(rewriter);
        }
    }

    private void pause() {
        try {
            stopping.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}
