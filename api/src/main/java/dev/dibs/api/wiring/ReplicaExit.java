package dev.dibs.api.wiring;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a server that has become a replica: the address may lead to its new master by now. At most once a second, however
 * many find out: where it still leads to a replica, whoever reads there would else be cut off all the time.
 */
final class ReplicaExit {
    private static final Logger log = LoggerFactory.getLogger(ReplicaExit.class);
    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final Runnable connectAnew;
    private final LongSupplier nanoTime;
    private final AtomicLong latest;

    /** @param nanoTime as {@link System#nanoTime} */
    ReplicaExit(Runnable connectAnew, LongSupplier nanoTime) {
        this.connectAnew = connectAnew;
        this.nanoTime = nanoTime;
        this.latest = new AtomicLong(nanoTime.getAsLong() - EVERY);
    }

    void leave() {
        long now = nanoTime.getAsLong();
        long before = latest.get();
        if (now - before >= EVERY && latest.compareAndSet(before, now)) {
            log.warn("Redis takes no writes, for it has become a replica; connecting anew");
            connectAnew.run();
        }
    }
}
