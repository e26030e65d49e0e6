package dev.dibs.api.tickets;

import dev.dibs.activity.Activity;
import dev.dibs.api.access.Principal;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.grab.Grabs;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ledger.Fingerprint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Grabs of activities that this instance has forgotten: the projection knows which request has won which ticket. All
 * others go their way, and lose a look into a small set.
 */
final class GrabsOfReleased implements Grabs {
    private static final Logger log = LoggerFactory.getLogger(GrabsOfReleased.class);

    private final Grabs grabs;
    private final LedgerView ledger;
    private final Catalogue catalogue;
    private final ProjectedTickets projection;

    GrabsOfReleased(Grabs grabs, LedgerView ledger, Catalogue catalogue, ProjectedTickets projection) {
        this.grabs = grabs;
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.projection = projection;
    }

    @Override
    public Mono<GrabOutcome> grab(
            Principal principal, ActivityId activityId, RequestId requestId, String address, Pass pass) {
        Mono<GrabOutcome> outcome = grabs.grab(principal, activityId, requestId, address, pass);
        if (requestId == null || !ledger.isReleased(activityId)) {
            return outcome;
        }
        // Behind the rate limit: only who gets this far is looked up.
        return outcome.flatMap(decided -> decided == Plain.ENDED
                ? orElse(
                        activityId,
                        projection.won(principal.userId(), activityId, Fingerprint.of(requestId.value())),
                        Mono.just(decided))
                : Mono.just(decided));
    }

    @Override
    public Mono<GrabOutcome> result(Principal principal, ActivityId activityId) {
        if (!ledger.isReleased(activityId)) {
            return grabs.result(principal, activityId);
        }
        return orElse(
                activityId,
                projection.latest(principal.userId(), activityId),
                Mono.defer(() -> grabs.result(principal, activityId)));
    }

    private Mono<GrabOutcome> orElse(ActivityId activityId, Mono<OwnedTicket> ticket, Mono<GrabOutcome> other) {
        Activity activity = catalogue.find(activityId);
        return ticket.<GrabOutcome>map(found -> new Granted(activity, found))
                .switchIfEmpty(other)
                .onErrorResume(error -> {
                    log.warn(
                            "A grab of an activity that is over cannot be looked up; activityId={} error={}",
                            activityId,
                            error.toString());
                    return Mono.just(Plain.UNAVAILABLE);
                });
    }
}
