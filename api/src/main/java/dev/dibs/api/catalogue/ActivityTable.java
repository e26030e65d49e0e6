package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.ids.ActivityId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the records of {@code dibs.activities} come to, in the order they are read: the first record of a version wins.
 * One thread folds, any thread reads.
 */
final class ActivityTable {
    private final Map<ActivityId, Activity> activities = new ConcurrentHashMap<>();
    private final Collection<Activity> all = Collections.unmodifiableCollection(activities.values());
    /** Activities whose latest record is not the one that counts. */
    private final Set<ActivityId> hidden = new HashSet<>();

    Activity find(ActivityId activityId) {
        return activities.get(activityId);
    }

    Collection<Activity> all() {
        return all;
    }

    /** Whether the record changes what is known. */
    boolean fold(Activity record) {
        Activity current = activities.get(record.activityId());
        if (current == null || record.version() > current.version()) {
            activities.put(record.activityId(), record);
            hidden.remove(record.activityId());
            return true;
        }
        if (record.equals(current)) {
            hidden.remove(record.activityId());
        } else {
            hidden.add(record.activityId());
        }
        return false;
    }

    /** A record with the key of this activity means nothing. */
    void foldMeaningless(ActivityId activityId) {
        if (activities.containsKey(activityId)) {
            hidden.add(activityId);
        }
    }

    /**
     * The activities whose latest record is not the one that counts; each is told once. Compaction keeps the latest
     * record of a key and would make an instance that starts later believe it, so what counts must be written again.
     */
    List<Activity> takeHidden() {
        if (hidden.isEmpty()) {
            return List.of();
        }
        List<Activity> taken = new ArrayList<>();
        hidden.forEach(activityId -> taken.add(activities.get(activityId)));
        hidden.clear();
        return taken;
    }
}
