package dev.dibs.api.operations;

import dev.dibs.api.recovery.Reconciler;
import dev.dibs.ids.ActivityId;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Has Redis follow a change, and waits for it no longer than an operator would. */
final class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

    private final Reconciler reconciler;
    private final Duration atMost;

    Reconciliation(Reconciler reconciler, Duration atMost) {
        this.reconciler = reconciler;
        this.atMost = atMost;
    }

    /**
     * @param what has been done already, as the beginning of a sentence
     * @return empty when Redis has followed; else the problem to answer
     */
    Mono<Optional<Problem>> follow(ActivityId activityId, String what) {
        // A run that is under way goes on when nobody waits for it any more.
        return Mono.fromFuture(() -> reconciler.reconcile(activityId), true)
                .timeout(atMost)
                .publishOn(Schedulers.parallel())
                .thenReturn(Optional.<Problem>empty())
                .onErrorResume(error -> {
                    log.warn(
                            "Redis has not followed a change yet; activityId={} error={}",
                            activityId,
                            error.toString());
                    return Mono.just(Optional.of(Problem.unavailable(
                            "not-in-effect-yet",
                            what + ", but the servers that sell do not follow at the moment. It takes effect by itself "
                                    + "once they do; it can also be repeated")));
                });
    }
}
