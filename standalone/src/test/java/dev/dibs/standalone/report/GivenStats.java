package dev.dibs.standalone.report;

import dev.dibs.ids.ActivityId;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ConservationAlarm;
import java.util.Map;

/** Statistics of which a test says only what it is about. */
final class GivenStats {
    private static final ActivityId ACTIVITY = new ActivityId("movie-night");

    private GivenStats() {}

    /** Nobody has been counted asking. */
    static ActivityStats of(long stock, long granted, long unreached) {
        return totals(stock, granted, unreached, 0, Map.of());
    }

    static ActivityStats asked(long stock, long granted, long requests, Map<String, Long> answers) {
        return totals(stock, granted, stock - granted, requests, answers);
    }

    private static ActivityStats totals(
            long stock, long granted, long unreached, long requests, Map<String, Long> answers) {
        return new ActivityStats(
                ACTIVITY,
                stock,
                granted,
                stock - granted,
                0,
                unreached,
                2 * granted / 5,
                granted / 100,
                0,
                0,
                requests,
                answers,
                0,
                0,
                0,
                4,
                17,
                Fairness.NONE,
                Distribution.NONE,
                TopAddresses.NONE,
                TopAddresses.NONE);
    }

    static ConservationAlarm alarm(long logOffset, long at, long stock, long granted, long free, long unreached) {
        return new ConservationAlarm(ACTIVITY, stock, granted, free, unreached, 4, logOffset, at);
    }
}
