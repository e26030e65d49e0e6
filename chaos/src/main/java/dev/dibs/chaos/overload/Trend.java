package dev.dibs.chaos.overload;

import java.util.List;

/**
 * How the memory of one process went, over the second half of an overload: caches fill in the first.
 *
 * @param middle mean of the third quarter, megabytes
 * @param end mean of the last quarter, megabytes
 * @param highest over the whole time, megabytes
 */
public record Trend(double middle, double end, double highest) {
    private static final double TOLERATED = 1.1;
    /** Winners stay in the ledger, as they must. */
    private static final double TOLERATED_MEGABYTES = 16;

    /** @param megabytes one for each interval; those below zero are not known */
    static Trend of(List<Double> megabytes) {
        int size = megabytes.size();
        return new Trend(
                mean(megabytes.subList(size / 2, size - size / 4)),
                mean(megabytes.subList(size - size / 4, size)),
                megabytes.stream().mapToDouble(m -> m).max().orElse(-1));
    }

    private static double mean(List<Double> megabytes) {
        return megabytes.stream()
                .filter(m -> m >= 0)
                .mapToDouble(m -> m)
                .average()
                .orElse(-1);
    }

    /** Whether there is anything to compare. */
    boolean isKnown() {
        return middle >= 0 && end >= 0;
    }

    /** Whether it is known not to grow. */
    boolean isFlat() {
        return isKnown() && end <= TOLERATED * middle + TOLERATED_MEGABYTES;
    }
}
