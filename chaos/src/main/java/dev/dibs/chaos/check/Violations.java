package dev.dibs.chaos.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects violations: all are counted, the first of each promise are kept word by word. */
final class Violations {
    private static final int KEPT = 100;

    private final Map<Promise, Integer> counts = new EnumMap<>(Promise.class);
    private final List<Violation> kept = new ArrayList<>();

    /** @param sentence as for {@link String#format} */
    void add(Promise promise, String activity, String user, int sequence, String sentence, Object... args) {
        if (counts.merge(promise, 1, Integer::sum) <= KEPT) {
            String told = args.length == 0 ? sentence : String.format(Locale.ROOT, sentence, args);
            kept.add(new Violation(promise, activity, user, sequence, told));
        }
    }

    long count() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Those that were kept, and one more for each promise that was broken too often. */
    List<Violation> all() {
        List<Violation> all = new ArrayList<>(kept);
        counts.forEach((promise, count) -> {
            if (count > KEPT) {
                all.add(new Violation(
                        promise, "", "", Violation.NONE, "and " + (count - KEPT) + " more of the same kind"));
            }
        });
        return all;
    }
}
