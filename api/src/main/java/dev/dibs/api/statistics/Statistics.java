package dev.dibs.api.statistics;

import dev.dibs.results.ActivityStats;
import dev.dibs.results.SecondStats;
import java.util.List;

/**
 * What the stream-processor has last said of an activity.
 *
 * @param totals null where it has said nothing
 * @param writtenAt when it wrote them, epoch milliseconds; without meaning where there are none
 * @param seconds the latest seconds in which something happened, oldest first
 */
record Statistics(ActivityStats totals, long writtenAt, List<SecondStats> seconds) {
    static final Statistics NONE = new Statistics(null, 0, List.of());

    Statistics {
        seconds = List.copyOf(seconds);
    }
}
