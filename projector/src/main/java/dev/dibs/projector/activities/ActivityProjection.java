package dev.dibs.projector.activities;

import dev.dibs.activity.Activity;
import dev.dibs.codec.ActivityCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import dev.dibs.projector.store.ActivityStore;
import dev.dibs.projector.tickets.ProjectionCounters;
import dev.dibs.projector.tickets.Retrier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the newest version of each activity, of which the first record counts, and writes what has been collected. */
public final class ActivityProjection {
    private static final Logger log = LoggerFactory.getLogger(ActivityProjection.class);

    private final ActivityStore store;
    private final Retrier retrier;
    private final ProjectionCounters counters;
    private final KnownActivities known = new KnownActivities();
    private Map<ActivityId, Activity> unwritten = new LinkedHashMap<>();

    public ActivityProjection(ActivityStore store, Retrier retrier, ProjectionCounters counters) {
        this.store = store;
        this.retrier = retrier;
        this.counters = counters;
    }

    public KnownActivities known() {
        return known;
    }

    void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            Activity activity = ActivityCodec.decode(record.value());
            if (known.know(activity)) {
                unwritten.put(activity.activityId(), activity);
            }
        } catch (UndecodableRecordException e) {
            known.doubt();
            counters.skippedUndecodable();
            log.error(
                    "A record cannot be decoded and is skipped; topic={} partition={} offset={} error={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    void write() {
        if (!unwritten.isEmpty()) {
            retrier.insist("Writing activities", () -> store.write(unwritten.values()));
            unwritten = new LinkedHashMap<>();
        }
    }
}
