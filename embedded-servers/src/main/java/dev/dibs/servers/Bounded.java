package dev.dibs.servers;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what may hang, such as stopping a server, for a limited time. */
final class Bounded {
    private static final Logger log = LoggerFactory.getLogger(Bounded.class);

    private Bounded() {}

    /** Runs the work on a thread of its own; whatever is still going on after the time is left behind, and told. */
    static void run(String what, Duration atMost, Runnable work) {
        Thread thread = new Thread(work, what);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> log.warn("{} failed; error={}", what, e.toString(), e));
        thread.start();
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("{} is not done after {} s and goes on in the background", what, atMost.toSeconds());
        }
    }
}
