package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.api.control.ReadBack;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes records into the table of activities, and tells whoever listens or waits. One thread folds. */
final class CatalogueFold {
    private static final Logger log = LoggerFactory.getLogger(CatalogueFold.class);

    private final ActivityTable table;
    private final Queue<Consumer<Activity>> newListeners = new ConcurrentLinkedQueue<>();
    private final List<Consumer<Activity>> listeners = new ArrayList<>();
    private final ReadBack<Activity> readBack = new ReadBack<>();
    private final AtomicLong undecodable = new AtomicLong();

    CatalogueFold(ActivityTable table) {
        this.table = table;
    }

    /** How many records could not be decoded. */
    long undecodable() {
        return undecodable.get();
    }

    void onChange(Consumer<Activity> listener) {
        newListeners.add(listener);
    }

    /** Who waits for what becomes of an activity once a record has been read. */
    ReadBack<Activity> readBack() {
        return readBack;
    }

    void fold(ConsumerRecord<byte[], byte[]> record) {
        Activity activity;
        try {
            activity = ActivityCodec.decode(record.value());
        } catch (UndecodableRecordException e) {
            undecodable.incrementAndGet();
            log.error(
                    "A record is not an activity and is skipped; topic={} partition={} offset={} error={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            keyOf(record);
            return;
        }
        if (table.fold(activity)) {
            listeners.forEach(listener -> tell(listener, activity));
        }
        readBack.read(record, () -> table.find(activity.activityId()));
    }

    private void keyOf(ConsumerRecord<byte[], byte[]> record) {
        try {
            table.foldMeaningless(new ActivityId(new String(record.key(), StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            log.warn(
                    "Its key is not an activity id either; topic={} partition={} offset={}",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    void tellNewListeners() {
        for (Consumer<Activity> added = newListeners.poll(); added != null; added = newListeners.poll()) {
            for (Activity activity : table.all()) {
                tell(added, activity);
            }
            listeners.add(added);
        }
    }

    private static void tell(Consumer<Activity> listener, Activity activity) {
        try {
            listener.accept(activity);
        } catch (RuntimeException e) {
            log.error(
                    "A listener failed on a changed activity; activityId={} error={}",
                    activity.activityId(),
                    e.toString(),
                    e);
        }
    }
}
