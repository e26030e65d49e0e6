package dev.dibs.measures;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts values in buckets that grow with the value: each value up to 15 has its own, above that there are eight for
 * each doubling. So a bucket's upper bound is at most an eighth above any value in it, two spreads are added bucket by
 * bucket, and a few hundred numbers are enough for whatever may come. (The idea is that of HdrHistogram; the buckets are
 * our own, because they are written to topics by their upper bounds.) Not for several threads.
 */
public final class Spread {
    /** Values above it count as this one: 49 days in milliseconds. */
    public static final long MAX_VALUE = (1L << 32) - 1;

    /** How many buckets there are. */
    public static final int BUCKETS = bucket(MAX_VALUE) + 1;

    private static final int EXACT_BITS = 4;
    private static final int EXACT = 1 << EXACT_BITS;
    private static final int SUB_BITS = 3;
    private static final int SUBS = 1 << SUB_BITS;

    /** As long as the highest bucket in use asks for. */
    private long[] counts;

    private long count;

    public Spread() {
        counts = new long[0];
    }

    private Spread(long[] counts, long count) {
        this.counts = counts;
        this.count = count;
    }

    /** @param counts by the upper bound of a bucket, or by any value in it */
    public static Spread of(Map<Long, Long> counts) {
        Spread spread = new Spread();
        counts.forEach(spread::add);
        return spread;
    }

    /** The bucket of a value; a negative value counts as 0. */
    public static int bucket(long value) {
        long known = Math.max(0, Math.min(value, MAX_VALUE));
        if (known < EXACT) {
            return (int) known;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(known);
        int sub = (int) (known >>> (exponent - SUB_BITS)) & (SUBS - 1);
        return EXACT + (exponent - EXACT_BITS) * SUBS + sub;
    }

    /** The greatest value of a bucket. */
    public static long upperBound(int bucket) {
        if (bucket < EXACT) {
            return bucket;
        }
        int exponent = EXACT_BITS + (bucket - EXACT) / SUBS;
        long sub = (bucket - EXACT) % SUBS;
        return ((SUBS + sub + 1) << (exponent - SUB_BITS)) - 1;
    }

    public void add(long value) {
        add(value, 1);
    }

    /** @throws IllegalArgumentException where the count is negative */
    public void add(long value, long times) {
        if (times < 0) {
            throw new IllegalArgumentException("a count must be at least 0 but is " + times);
        }
        if (times == 0) {
            return;
        }
        int bucket = bucket(value);
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, bucket + 1);
        }
        counts[bucket] = sum(counts[bucket], times);
        count = sum(count, times);
    }

    /** How many values have been added. */
    public long count() {
        return count;
    }

    /** By the upper bound of the bucket; only buckets with something in them. */
    public Map<Long, Long> counts() {
        Map<Long, Long> used = new TreeMap<>();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                used.put(upperBound(bucket), counts[bucket]);
            }
        }
        return used;
    }

    /** By bucket, as far as the highest one in use: for a short form to be stored in. */
    public long[] toArray() {
        return counts.clone();
    }

    /**
     * What {@link #toArray} gave.
     *
     * @throws IllegalArgumentException where it is too long to be that
     */
    public static Spread ofArray(long[] counts) {
        if (counts.length > BUCKETS) {
            throw new IllegalArgumentException("a spread has at most " + BUCKETS + " buckets");
        }
        return new Spread(counts.clone(), Arrays.stream(counts).reduce(0, Spread::sum));
    }

    public Spread copy() {
        return new Spread(counts.clone(), count);
    }

    public Distribution distribution() {
        return count == 0
                ? Distribution.NONE
                : new Distribution(count, percentile(50), percentile(95), percentile(99), percentile(100));
    }

    /** The upper bound of the bucket of the value that stands so far in the order of all. */
    private long percentile(int percent) {
        // In whole numbers: 14 of 28 would be a little more than 14 otherwise, and the percentile the next one's.
        long rank = count / 100 * percent + (count % 100 * percent + 99) / 100;
        long seen = 0;
        int bucket = -1;
        while (seen < rank && bucket + 1 < counts.length) {
            bucket++;
            seen = sum(seen, counts[bucket]);
        }
        return upperBound(bucket);
    }

    private static long sum(long some, long more) {
        long sum = some + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
