package dev.dibs.projector.activities;

import dev.dibs.activity.Activity;
import dev.dibs.activity.Lifespan;
import dev.dibs.ids.ActivityId;
import dev.dibs.tail.FoldStart;
import dev.dibs.topics.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Activities in their newest version, and where folding must begin so that none that is not over misses anything. */
public final class KnownActivities {
    private final Map<ActivityId, Activity> newest = new HashMap<>();
    private boolean unsure;

    /** Whether it is news; of two records with the same version the first counts. */
    synchronized boolean know(Activity activity) {
        Activity known = newest.get(activity.activityId());
        boolean news = known == null || activity.version() > known.version();
        if (news) {
            newest.put(activity.activityId(), activity);
        }
        return news;
    }

    /** There is an activity that could not be read: it may begin anywhere. */
    synchronized void doubt() {
        unsure = true;
    }

    /**
     * @param ends where the log ended, by partition, before the activities were read
     * @param writtenUntil by partition, epoch milliseconds: what happened before is in the projection
     */
    public synchronized FoldStart foldStart(Map<Integer, Long> ends, Map<Integer, Long> writtenUntil) {
        FoldStart start = FoldStart.of(
                newest.values(),
                ends,
                activity -> Lifespan.isForgotten(
                        activity, writtenUntil.getOrDefault(Topics.partition(activity.activityId(), ends.size()), 0L)));
        return unsure ? new FoldStart(Map.of(), start.passedOver()) : start;
    }

    /** Those that nobody decides about any more. */
    public synchronized List<ActivityId> forgotten(long nowMillis) {
        return newest.values().stream()
                .filter(activity -> Lifespan.isForgotten(activity, nowMillis))
                .map(Activity::activityId)
                .toList();
    }
}
