package dev.dibs.audit;

import dev.dibs.ids.ActivityId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The activities in the log or in the catalogue, also those that are not audited. Whoever names one that is neither has
 * misspelt it: nothing would be compared, and that must not look like a promise that is kept.
 */
final class ExistingActivities {
    /** So many are named to somebody who has misspelt one. */
    static final int TOLD = 20;

    private final Set<ActivityId> ids = new HashSet<>();

    void add(ActivityId id) {
        ids.add(id);
    }

    /** A sentence for each of the named ones that does not exist, in the order of their ids. */
    List<String> absences(Set<ActivityId> named) {
        return named.stream()
                .filter(id -> !ids.contains(id))
                .sorted(Comparator.comparing(ActivityId::value))
                .map(id -> "there is no activity " + id + "; " + told())
                .toList();
    }

    private String told() {
        if (ids.isEmpty()) {
            return "there is none at all";
        }
        String first = ids.stream().map(ActivityId::value).sorted().limit(TOLD).collect(Collectors.joining(", "));
        return "there " + (ids.size() == 1 ? "is " : "are ") + first
                + (ids.size() > TOLD ? " and " + (ids.size() - TOLD) + " more" : "");
    }
}
