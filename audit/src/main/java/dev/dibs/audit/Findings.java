package dev.dibs.audit;

import dev.dibs.ids.ActivityId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects violations. All are counted, but only the first of each check and activity are kept word by word: a
 * projection that has lost a million rows must not cost a million sentences.
 */
final class Findings {
    static final int KEPT = 100;

    private record Group(Check check, String activityId) {}

    private final Map<Group, Integer> counts = new LinkedHashMap<>();
    private final List<Finding> kept = new ArrayList<>();

    void add(Check check, ActivityId activityId, String sentence, Object... args) {
        add(check, activityId.value(), sentence, args);
    }

    /** @param sentence as for {@link String#format} */
    void add(Check check, String activityId, String sentence, Object... args) {
        if (counts.merge(new Group(check, activityId), 1, Integer::sum) <= KEPT) {
            kept.add(new Finding(check, activityId, String.format(sentence, args)));
        }
    }

    long count() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    long count(ActivityId activityId) {
        return counts.entrySet().stream()
                .filter(group -> group.getKey().activityId.equals(activityId.value()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    int count(Check check, String activityId) {
        return counts.getOrDefault(new Group(check, activityId), 0);
    }

    /** The sentences that were kept, and one more for each check that had too many. */
    List<Finding> all() {
        List<Finding> all = new ArrayList<>(kept);
        counts.forEach((group, count) -> {
            if (count > KEPT) {
                all.add(new Finding(
                        group.check,
                        group.activityId,
                        "and " + (count - KEPT) + " more of which the same check complains"));
            }
        });
        return all;
    }
}
