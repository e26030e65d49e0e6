package dev.dibs.chaos.overload;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run consists of.
 *
 * @param folder for the data and the logs of all processes
 * @param seed names the sale, so that two runs on the same servers need different ones
 * @param duration for how long ten times as many come as can be served; measuring and checking take their time beside it
 * @param inTime the setting {@code dibs.grab.in-time} of the API instances; an hour switches the guard off
 */
public record OverloadPlan(Path folder, long seed, Duration duration, Duration inTime) {
    public static final Duration USUAL_IN_TIME = Duration.ofMillis(500);
    private static final Duration SHORTEST = Duration.ofSeconds(20);

    public OverloadPlan {
        if (folder == null) {
            throw new IllegalArgumentException("folder must not be null");
        }
        if (duration.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("an overload must last at least " + SHORTEST.toSeconds() + " s");
        }
    }
}
