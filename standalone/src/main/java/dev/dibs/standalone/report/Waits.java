package dev.dibs.standalone.report;

import dev.dibs.measures.Distribution;
import dev.dibs.measures.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How winners' waits are spread: the buckets of {@link Spread} from the shortest wait to the longest, those of nobody,
 * too. There are a few hundred at most, whatever comes.
 *
 * @param drawn how many of them a picture has room for; the few that waited much longer than the others would press
 *     those into a corner
 */
record Waits(List<Bucket> buckets, int drawn, Distribution distribution) {
    /** Where nobody waited longer than so many times what nearly all did, all are drawn. */
    private static final long NOT_FAR = 3;

    /**
     * @param from milliseconds, the least wait in it
     * @param upTo milliseconds, the greatest
     */
    record Bucket(long from, long upTo, long count) {
        /** So that an area is a number of winners, however wide the bucket. */
        double perMilli() {
            return (double) count / (upTo - from + 1);
        }
    }

    Waits {
        buckets = List.copyOf(buckets);
    }

    static Waits of(Spread waits) {
        Distribution distribution = waits.distribution();
        Map<Long, Long> counts = waits.counts();
        if (counts.isEmpty()) {
            return new Waits(List.of(), 0, distribution);
        }
        int first = counts.keySet().stream().mapToInt(Spread::bucket).min().getAsInt();
        int last = counts.keySet().stream().mapToInt(Spread::bucket).max().getAsInt();
        List<Bucket> buckets = new ArrayList<>();
        int drawn = 0;
        boolean all = distribution.max() <= NOT_FAR * Math.max(1, distribution.p99());
        for (int bucket = first; bucket <= last; bucket++) {
            long from = bucket == 0 ? 0 : Spread.upperBound(bucket - 1) + 1;
            long upTo = Spread.upperBound(bucket);
            buckets.add(new Bucket(from, upTo, counts.getOrDefault(upTo, 0L)));
            if (all || from <= distribution.p99() * 5 / 4) {
                drawn++;
            }
        }
        return new Waits(buckets, drawn, distribution);
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    /** Winners that waited longer than the picture shows. */
    long beyond() {
        return buckets.stream().skip(drawn).mapToLong(Bucket::count).sum();
    }

    /** The longest wait that the picture shows, milliseconds. */
    long drawnUpTo() {
        return buckets.get(drawn - 1).upTo();
    }
}
