package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.recovery.Recovery;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ledger.ActivityAccount;
import dev.dibs.ledger.MemoryActivityAccount;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Has Redis rebuilt from the log at an operator's word, while the sale goes on. */
final class RecoveryHandler {
    private static final Logger log = LoggerFactory.getLogger(RecoveryHandler.class);

    private final Recovery recovery;
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final Duration atMost;

    /** @param atMost how long an operator waits; a recovery that takes longer goes on all the same */
    RecoveryHandler(Recovery recovery, Catalogue catalogue, LedgerView ledger, Duration atMost) {
        this.recovery = recovery;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.atMost = atMost;
    }

    Mono<ServerResponse> recover(ServerRequest request) {
        return ActivityHandler.withActivity(catalogue, request, activity -> {
            if (!ledger.isCaughtUp()) {
                return ActivityOperations.stillReading().toResponse();
            }
            long before = epoch(activity);
            if (activity.state() == ActivityState.DRAFT || before == ActivityAccount.NO_EPOCH) {
                return nothingToRecover(activity).toResponse();
            }
            // A run that is under way goes on when nobody waits for it any more.
            return Mono.fromFuture(() -> recovery.recover(activity.activityId()), true)
                    .timeout(atMost)
                    .publishOn(Schedulers.parallel())
                    .then(Mono.defer(() -> answer(activity, before, epoch(activity))))
                    .onErrorResume(error -> failed(activity, error).toResponse());
        });
    }

    private static Mono<ServerResponse> answer(Activity activity, long before, long now) {
        // Recovery leaves alone what is over.
        return now == before
                ? nothingToRecover(activity).toResponse()
                : ActivityHandler.ok(
                        Map.of("id", activity.activityId().value(), "previousEpoch", before, "epoch", now));
    }

    private long epoch(Activity activity) {
        MemoryActivityAccount account = ledger.account(activity.activityId());
        return account == null ? ActivityAccount.NO_EPOCH : account.epoch();
    }

    private static Problem nothingToRecover(Activity activity) {
        return Problem.of(
                HttpStatus.CONFLICT,
                "nothing-to-recover",
                "'%s' has nothing in Redis: it has not been opened yet, or is over".formatted(activity.activityId()));
    }

    private Problem failed(Activity activity, Throwable error) {
        log.warn("A recovery has not ended; activityId={} error={}", activity.activityId(), error.toString());
        // The cause names classes and addresses, which are for the log.
        return Problem.unavailable(
                "not-recovered-yet",
                "'%s' is not recovered yet: it takes longer than %d s, or Redis, Kafka or MongoDB does not answer; the log tells which. It can be repeated"
                        .formatted(activity.activityId(), atMost.toSeconds()));
    }
}
