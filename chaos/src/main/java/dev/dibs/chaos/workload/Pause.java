package dev.dibs.chaos.workload;

import java.time.Duration;

/** Waiting as a person at a client does. */
final class Pause {
    private Pause() {}

    /** @return false where the thread is to end */
    static boolean of(Duration time) {
        try {
            Thread.sleep(Math.max(0, time.toMillis()));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean ofMillis(long millis) {
        return of(Duration.ofMillis(millis));
    }
}
