package dev.dibs.api.idempotency;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes calls whose time is over, now and then and not too many at a time. Every instance does so. */
final class CallPurge implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CallPurge.class);
    private static final int BATCH = 500;
    private static final int BATCHES = 20;

    private final CallStore store;
    private final Duration period;
    private volatile Disposable running;

    CallPurge(CallStore store, Duration period) {
        this.store = store;
        this.period = period;
    }

    @Override
    public void start() {
        running = Flux.interval(period)
                .onBackpressureDrop()
                .concatMap(tick -> round())
                .subscribe();
    }

    /** Does not fail: the next round is not far. */
    Mono<Void> round() {
        return store.purge(BATCH)
                .repeat(BATCHES - 1)
                .takeWhile(removed -> removed == BATCH)
                .then()
                .onErrorResume(error -> {
                    log.warn("Calls whose time is over could not be removed; error={}", error.toString());
                    return Mono.empty();
                });
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
