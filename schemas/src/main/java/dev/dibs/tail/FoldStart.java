package dev.dibs.tail;

import dev.dibs.activity.Activity;
import dev.dibs.ids.ActivityId;
import dev.dibs.topics.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where folding begins, and what is passed over on the way.
 *
 * @param offsets the first offset to fold, by partition; partitions that are not named begin at their first record
 * @param passedOver activities that are not folded, as some of their records may lie before
 */
public record FoldStart(Map<Integer, Long> offsets, Set<ActivityId> passedOver) {
    /** The whole log. */
    public static final FoldStart BEGINNING = new FoldStart(Map.of(), Set.of());

    public FoldStart {
        offsets = Map.copyOf(offsets);
        passedOver = Set.copyOf(passedOver);
    }

    public static FoldStart at(Map<Integer, Long> offsets) {
        return new FoldStart(offsets, Set.of());
    }

    /**
     * The first record of the oldest activity of each partition that is not forgotten; where there is none, the end.
     *
     * @param activities all that there are
     * @param ends where the log ended, by partition, <em>before</em> the activities were read: then an activity that is
     *     not among them has nothing before
     */
    public static FoldStart of(
            Collection<Activity> activities, Map<Integer, Long> ends, Predicate<Activity> isForgotten) {
        Map<Integer, Long> offsets = new HashMap<>(ends);
        Set<ActivityId> passedOver = new HashSet<>();
        for (Activity activity : activities) {
            if (isForgotten.test(activity)) {
                passedOver.add(activity.activityId());
            } else {
                offsets.merge(Topics.partition(activity.activityId(), ends.size()), activity.logStart(), Math::min);
            }
        }
        return new FoldStart(offsets, passedOver);
    }
}
