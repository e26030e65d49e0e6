package dev.dibs.chaos.overload;

import dev.dibs.chaos.workload.FloodCount.Took;
import java.util.Map;

/**
 * One of the pieces that the time of an overload is cut into.
 *
 * @param second since the crowd began to come, at the end of this piece
 * @param offeredPerSecond buyers who came
 * @param confirmedPerSecond buyers who were told of a ticket
 * @param residentMegabytes of each API instance, at the end of this piece; -1 where that is not known
 * @param heapMegabytes in use after a full collection, of each API instance; -1 where that is not known
 */
public record Interval(
        long second,
        double offeredPerSecond,
        double confirmedPerSecond,
        Took confirmedMillis,
        Took refusedMillis,
        Map<String, Double> residentMegabytes,
        Map<String, Double> heapMegabytes) {}
