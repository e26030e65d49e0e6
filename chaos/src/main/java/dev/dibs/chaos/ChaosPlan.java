package dev.dibs.chaos;

import dev.dibs.chaos.cluster.RedisKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * What a run consists of.
 *
 * @param folder for the data and the logs of all processes
 * @param seed decides which faults come in which order, and whom they strike
 * @param duration for how long new faults are made; starting and checking take their time beside it
 * @param faults names of the only faults to be made; empty for all
 */
public record ChaosPlan(Path folder, RedisKind redis, long seed, Duration duration, Set<String> faults) {
    private static final Duration LONGEST_CALM = Duration.ofSeconds(60);

    public ChaosPlan {
        faults = Set.copyOf(faults);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration must be positive");
        }
        if (folder == null || redis == null) {
            throw new IllegalArgumentException("folder and redis must not be null");
        }
    }

    /** For how long nothing is broken at the beginning, to have something to compare with. */
    Duration calm() {
        Duration fifth = duration.dividedBy(5);
        return fifth.compareTo(LONGEST_CALM) < 0 ? fifth : LONGEST_CALM;
    }
}
