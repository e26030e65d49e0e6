package dev.dibs.chaos.workload;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run consists of.
 *
 * @param seed decides who does what; two runs on the same servers need different ones
 * @param duration for how long new buyers come; draining takes its time after that
 * @param activities that open one after the other, evenly over the duration
 * @param codes of each activity when it opens
 * @param demand how many buyers come for each code
 * @param concurrency how many buyers are served at the same time; the others wait at the door
 * @param folder for the history and for exports
 */
public record WorkloadPlan(
        long seed, Duration duration, int activities, int codes, double demand, int concurrency, Path folder) {
    /** So many buyers a second a small machine serves beside the servers that it runs. */
    private static final double BUYERS_PER_SECOND = 150;

    private static final int CODES = 500;
    private static final double DEMAND = 3;
    private static final int CONCURRENCY = 64;

    public WorkloadPlan {
        atLeast("activities", 1, activities);
        atLeast("codes", 1, codes);
        atLeast("concurrency", 1, concurrency);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration must be positive");
        }
        if (!(demand >= 1)) {
            throw new IllegalArgumentException("demand must be at least 1, or nothing sells out; it is " + demand);
        }
        if (folder == null) {
            throw new IllegalArgumentException("folder must not be null");
        }
    }

    /** As many activities of 500 codes as keep a small machine busy for this long, with a demand of three. */
    public static WorkloadPlan lasting(long seed, Duration duration, Path folder) {
        double buyers = duration.toMillis() / 1_000.0 * BUYERS_PER_SECOND;
        int activities = (int) Math.max(2, Math.round(buyers / (CODES * DEMAND)));
        return new WorkloadPlan(seed, duration, activities, CODES, DEMAND, CONCURRENCY, folder);
    }

    public WorkloadPlan withConcurrency(int buyers) {
        return new WorkloadPlan(seed, duration, activities, codes, demand, buyers, folder);
    }

    /** How long until the next activity opens. */
    Duration slot() {
        return duration.dividedBy(activities);
    }

    int buyersPerActivity() {
        return (int) Math.ceil(codes * demand);
    }

    Path history() {
        return folder.resolve("history.jsonl");
    }

    private static void atLeast(String field, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least + " but is " + value);
        }
    }
}
