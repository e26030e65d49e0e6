package dev.dibs.measures;

/**
 * How values are spread, as {@link Spread} knows it: none is below the truth, and none more than an eighth above it.
 *
 * @param count of values
 * @param p50 half of the values are at most this; 0 where there are none
 * @param max at least the greatest value
 */
public record Distribution(long count, long p50, long p95, long p99, long max) {
    public static final Distribution NONE = new Distribution(0, 0, 0, 0, 0);

    public Distribution {
        if (count < 0 || p50 < 0) {
            throw new IllegalArgumentException("count and p50 must be at least 0");
        }
        if (p50 > p95 || p95 > p99 || p99 > max) {
            throw new IllegalArgumentException("p50, p95, p99 and max must not descend");
        }
    }
}
