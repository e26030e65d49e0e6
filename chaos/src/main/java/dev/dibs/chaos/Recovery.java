package dev.dibs.chaos;

import java.util.List;

/**
 * For how long no grab was confirmed because of a kind of fault, over all times that it was made.
 *
 * @param p50 the median, milliseconds
 * @param max milliseconds
 */
public record Recovery(long p50, long max) {

    static Recovery of(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return new Recovery(sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
    }
}
