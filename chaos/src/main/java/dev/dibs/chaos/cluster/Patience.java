package dev.dibs.chaos.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what must come, never without a limit. */
public final class Patience {
    private static final long LOOK_MILLIS = 50;

    private Patience() {}

    /** @return whether it came in time */
    public static boolean await(Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            pause(Duration.ofMillis(LOOK_MILLIS));
        }
        return true;
    }

    /** @throws ClusterException where it does not come in time */
    public static void require(String what, Duration atMost, BooleanSupplier condition) {
        if (!await(atMost, condition)) {
            throw new ClusterException(what + " did not happen within " + atMost.toSeconds() + " s");
        }
    }

    /** @throws ClusterException where the thread is interrupted */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted", e);
        }
    }
}
