package dev.dibs.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** A warning for what may happen thousands of times a second: it is logged at most once in five, with how often. */
public final class OccasionalWarning {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Logger log;
    private final AtomicLong occurrences = new AtomicLong();
    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - EVERY.toNanos());

    public OccasionalWarning(Logger log) {
        this.log = log;
    }

    /** @param message with fixed keys, as every line of the log; the number of occurrences is put behind it */
    public void occurred(String message, Throwable error) {
        occurrences.incrementAndGet();
        long last = loggedAt.get();
        long now = System.nanoTime();
        if (now - last >= EVERY.toNanos() && loggedAt.compareAndSet(last, now)) {
            log.warn("{} occurrences={} error={}", message, occurrences.getAndSet(0), error.toString());
        }
    }
}
