package dev.dibs.api.statistics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dibs.ids.ActivityId;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.SecondStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/**
 * The latest totals and the latest seconds of activities that still concern somebody. One thread writes, any thread
 * reads.
 */
final class StatisticsTable {
    /** How many seconds are kept of an activity. */
    static final int KEPT_SECONDS = 60;

    /** About three kilobytes each. */
    private static final int MAX_ACTIVITIES = 10_000;
    /** About twenty kilobytes each, while something happens. */
    private static final int MAX_BUSY = 1_000;

    private record Latest(ActivityStats totals, long writtenAt) {}

    private final Predicate<ActivityId> concernsAnybody;
    private final Cache<ActivityId, Latest> totals = Caffeine.newBuilder()
            .maximumSize(MAX_ACTIVITIES)
            .executor(Runnable::run)
            .build();
    private final Cache<ActivityId, ConcurrentSkipListMap<Long, SecondStats>> seconds = Caffeine.newBuilder()
            .maximumSize(MAX_BUSY)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    StatisticsTable(Predicate<ActivityId> concernsAnybody) {
        this.concernsAnybody = concernsAnybody;
    }

    /** @param writtenAt when the record was written, epoch milliseconds */
    void totals(ActivityStats stats, long writtenAt) {
        if (concernsAnybody.test(stats.activityId())) {
            totals.put(stats.activityId(), new Latest(stats, writtenAt));
        } else {
            totals.invalidate(stats.activityId());
        }
    }

    void second(SecondStats stats) {
        if (!concernsAnybody.test(stats.activityId())) {
            return;
        }
        ConcurrentSkipListMap<Long, SecondStats> kept =
                seconds.get(stats.activityId(), id -> new ConcurrentSkipListMap<>());
        kept.put(stats.second(), stats);
        while (kept.size() > KEPT_SECONDS) {
            kept.pollFirstEntry();
        }
        // Tells the cache that it is in use.
        seconds.put(stats.activityId(), kept);
    }

    /** Lets go of what concerns nobody any more. */
    void tidy() {
        totals.asMap().keySet().removeIf(concernsAnybody.negate());
        seconds.asMap().keySet().removeIf(concernsAnybody.negate());
    }

    Statistics of(ActivityId activityId) {
        Latest latest = totals.getIfPresent(activityId);
        ConcurrentSkipListMap<Long, SecondStats> kept = seconds.getIfPresent(activityId);
        List<SecondStats> list = kept == null ? List.of() : List.copyOf(kept.values());
        return latest == null ? new Statistics(null, 0, list) : new Statistics(latest.totals, latest.writtenAt, list);
    }
}
