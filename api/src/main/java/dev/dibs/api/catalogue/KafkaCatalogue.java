package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.api.control.ReadBack;
import dev.dibs.api.control.TopicFollower;
import dev.dibs.ids.ActivityId;
import dev.dibs.tail.LogConsumers;
import dev.dibs.topics.Topics;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.SmartLifecycle;

/** Reads all of {@code dibs.activities} into memory, on a thread of its own, and stays with it. */
public final class KafkaCatalogue implements Catalogue, SmartLifecycle {
    private final ActivityTable table = new ActivityTable();
    private final CatalogueFold fold = new CatalogueFold(table);
    private final TopicFollower follower;
    private volatile Map<Integer, Long> logEnds = Map.of();
    private volatile Consumer<Activity> rewriter = activity -> {};

    /** @param kafka bootstrap servers, client id, and whatever else the connection needs */
    public KafkaCatalogue(Map<String, Object> kafka) {
        follower = new TopicFollower(kafka, Topics.ACTIVITIES, "catalogue", new Reader());
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
        return follower.caughtUp();
    }

    public boolean isCaughtUp() {
        return follower.isCaughtUp();
    }

    /**
     * Completes once this instance has read what any instance had written by the time of the call; with one of Kafka's
     * exceptions where that cannot be known now.
     */
    public CompletableFuture<Void> readThrough() {
        return follower.readThrough();
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

    /** Who waits for what becomes of an activity once a record has been read. */
    ReadBack<Activity> readBack() {
        return fold.readBack();
    }

    private final class Reader implements TopicFollower.Reader {
        @Override
        public void beforeFirst(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
            logEnds = LogConsumers.ends(consumer);
        }

        @Override
        public void read(ConsumerRecord<byte[], byte[]> record) {
            fold.fold(record);
        }

        @Override
        public void afterBatch(boolean caughtUp) {
            fold.tellNewListeners();
            if (caughtUp) {
                table.takeHidden().forEach(rewriter);
            }
        }
    }

    @Override
    public void start() {
        follower.start();
    }

    @Override
    public void stop() {
        follower.close();
    }

    @Override
    public boolean isRunning() {
        return follower.isRunning();
    }

    /** Before the web server starts, and after it has stopped. */
    @Override
    public int getPhase() {
        return 0;
    }
}
