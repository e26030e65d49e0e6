package dev.dibs.processor;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.Spread;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The order of giving out against the order of arrival in the plainest way: all are known, and each is compared with each. */
public final class PlainFairness {
    private static final int REMEMBERED_MILLIS = 256;

    private PlainFairness() {}

    /** @param winners the valid grabs, in any order */
    public static Fairness of(List<TicketGrabbed> winners) {
        long[] arrivals = winners.stream()
                .sorted(Comparator.comparingLong(TicketGrabbed::epoch).thenComparingInt(TicketGrabbed::sequence))
                .mapToLong(grab -> Math.min(grab.requestedAt(), grab.grabbedAt()))
                .toArray();
        long inversions = 0;
        long overtaken = 0;
        long far = 0;
        long[] places = new long[arrivals.length];
        long[] millis = new long[arrivals.length];
        for (int i = 0; i < arrivals.length; i++) {
            long arrival = arrivals[i];
            long latest = Arrays.stream(arrivals, 0, i).max().orElse(arrival);
            places[i] = Arrays.stream(arrivals, 0, i)
                    .filter(before -> before > arrival && before > latest - REMEMBERED_MILLIS)
                    .count();
            millis[i] = Math.max(0, latest - arrival);
            inversions += places[i];
            overtaken += millis[i] > 0 ? 1 : 0;
            far += millis[i] >= REMEMBERED_MILLIS ? 1 : 0;
        }
        return new Fairness(arrivals.length, 0, inversions, overtaken, far, distribution(places), distribution(millis));
    }

    /** By sorting; only the rounding up to the bound of a bucket is that of the measure. */
    private static Distribution distribution(long[] values) {
        if (values.length == 0) {
            return Distribution.NONE;
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Distribution(
                sorted.length,
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                percentile(sorted, 100));
    }

    private static long percentile(long[] sorted, int percent) {
        return Spread.upperBound(Spread.bucket(sorted[(sorted.length * percent + 99) / 100 - 1]));
    }
}
