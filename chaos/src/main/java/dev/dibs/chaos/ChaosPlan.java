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
 * @param duration for how long new faults are made; starting, warming up and checking take their time beside it
 * @param faults names of the only faults to be made; empty for all
 */
public record ChaosPlan(Path folder, RedisKind redis, long seed, Duration duration, Set<String> faults) {
    private static final Duration LONGEST_CALM = Duration.ofSeconds(60);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);

    public ChaosPlan {
        faults = Set.copyOf(faults);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("duration must be positive");
        }
        if (folder == null || redis == null) {
            throw new IllegalArgumentException("folder and redis must not be null");
        }
    }

    /** For how long nothing is broken and nothing is measured: what has just started is slow. */
    Duration warmUp() {
        return atMost(LONGEST_WARM_UP, duration.dividedBy(10));
    }

    /** For how long nothing is broken after that, to have something to compare with. */
    Duration calm() {
        return atMost(LONGEST_CALM, duration.dividedBy(5));
    }

    /** For how long buyers come. */
    Duration whole() {
        return warmUp().plus(calm()).plus(duration);
    }

    private static Duration atMost(Duration most, Duration time) {
        return time.compareTo(most) < 0 ? time : most;
    }
}
