package dev.dibs.standalone.report;

import dev.dibs.measures.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How winners' waits are spread, as bars beside each other that grow wider with the wait, as the buckets of {@link
 * Spread} do.
 */
record Bars(List<Bar> bars) {
    /** As many as a telephone shows beside each other. */
    static final int MOST = 60;

    /**
     * @param over milliseconds that all of them are above; -1 for the first
     * @param upTo milliseconds that none of them is above
     */
    record Bar(long over, long upTo, long count) {}

    Bars {
        bars = List.copyOf(bars);
    }

    static Bars of(Spread waits) {
        Map<Long, Long> counts = waits.counts();
        if (counts.isEmpty()) {
            return new Bars(List.of());
        }
        int first = counts.keySet().stream().mapToInt(Spread::bucket).min().getAsInt();
        int last = counts.keySet().stream().mapToInt(Spread::bucket).max().getAsInt();
        int merged = (last - first + MOST) / MOST;
        List<Bar> bars = new ArrayList<>();
        for (int bucket = first; bucket <= last; bucket += merged) {
            long count = 0;
            int end = Math.min(last, bucket + merged - 1);
            for (int i = bucket; i <= end; i++) {
                count += counts.getOrDefault(Spread.upperBound(i), 0L);
            }
            bars.add(new Bar(bucket == 0 ? -1 : Spread.upperBound(bucket - 1), Spread.upperBound(end), count));
        }
        return new Bars(bars);
    }

    /** Which bar a wait is in; the last one for any that is above it. */
    int of(long millis) {
        for (int i = 0; i < bars.size(); i++) {
            if (millis <= bars.get(i).upTo()) {
                return i;
            }
        }
        return bars.size() - 1;
    }
}
