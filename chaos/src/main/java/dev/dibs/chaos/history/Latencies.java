package dev.dibs.chaos.history;

import org.HdrHistogram.Histogram;

/**
 * How long grabs took that were answered.
 *
 * @param count how many these are
 * @param confirmedPerSecond tickets newly confirmed, over the time that this is about
 */
public record Latencies(long count, double p50Millis, double p99Millis, double maxMillis, double confirmedPerSecond) {
    static Latencies of(Histogram micros, double confirmedPerSecond) {
        return new Latencies(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / 1_000.0,
                micros.getValueAtPercentile(99) / 1_000.0,
                micros.getMaxValue() / 1_000.0,
                confirmedPerSecond);
    }
}
