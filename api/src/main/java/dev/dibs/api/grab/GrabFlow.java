package dev.dibs.api.grab;

import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.access.Principal;
import dev.dibs.api.admission.Admission;
import dev.dibs.api.admission.Admission.Decision;
import dev.dibs.api.admission.Eligibility;
import dev.dibs.api.admission.GrabRate;
import dev.dibs.api.admission.TooMuch;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.funnel.FunnelCounter;
import dev.dibs.api.gate.GateRefusal;
import dev.dibs.api.gate.GrabTickets;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One grab from the door to its answer: admission in memory, then claim, publish and verdict by {@link Claiming}, for as
 * many at a time as {@link GrabSlots} lets in.
 */
public final class GrabFlow implements Grabs {
    private static final Logger log = LoggerFactory.getLogger(GrabFlow.class);

    private final OccasionalWarning undecided = new OccasionalWarning(log);
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final GrabRate rate;
    private final Eligibility lists;
    private final GrabTickets grabTickets;
    private final Claiming claiming;
    private final LogPublisher publisher;
    private final GrabResults results;
    private final FunnelCounter funnel;
    private final AddressHash addresses;
    private final TimeBasedEpochRandomGenerator ids;
    private final Clock clock;
    private final GrabSlots slots;

    /** @param clock agrees with the clock of Redis, which is the one that opens and closes the sale */
    public GrabFlow(
            ApiProperties.Grab limits,
            Catalogue catalogue,
            LedgerView ledger,
            GrabRate rate,
            Eligibility lists,
            GrabTickets grabTickets,
            Claiming claiming,
            LogPublisher publisher,
            GrabResults results,
            FunnelCounter funnel,
            AddressHash addresses,
            TimeBasedEpochRandomGenerator ids,
            Clock clock) {
        this.slots = new GrabSlots(limits.maxInFlight(), limits.inTime(), System::nanoTime);
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.rate = rate;
        this.lists = lists;
        this.grabTickets = grabTickets;
        this.claiming = claiming;
        this.publisher = publisher;
        this.results = results;
        this.funnel = funnel;
        this.addresses = addresses;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<GrabOutcome> grab(
            Principal principal, ActivityId activityId, RequestId requestId, String address, Pass pass) {
        TooMuch refused = rate.check(principal, activityId, requestId, address);
        Activity activity = catalogue.find(activityId);
        if (activity == null) {
            // Not in the funnel: whoever makes up ids must not fill it with them.
            return Mono.just(refused == null ? Plain.NO_SUCH_ACTIVITY : tooMany(refused));
        }
        funnel.requested(activityId);
        if (refused != null) {
            return counted(activityId, tooMany(refused), address);
        }
        if (!principal.mayBuy()) {
            return counted(activityId, Plain.NOT_ELIGIBLE, address);
        }
        if (!ledger.isCaughtUp()) {
            rate.undecided(principal, activityId, requestId);
            return counted(activityId, Plain.UNAVAILABLE, address);
        }
        return decide(principal, activity, requestId, address, pass);
    }

    private static GrabOutcome tooMany(TooMuch refused) {
        return new GrabOutcome.TooMany(refused.blocked(), refused.retryAfterSeconds());
    }

    private Mono<GrabOutcome> decide(
            Principal principal, Activity activity, RequestId requestId, String address, Pass pass) {
        ActivityId activityId = activity.activityId();
        long now = clock.millis();
        Decision decision = Admission.decide(activity, ledger.account(activityId), principal, requestId, lists, now);
        if (decision instanceof Decision.AlreadyGranted granted) {
            return counted(
                    principal,
                    activityId,
                    requestId,
                    results.owned(activity, granted.holding()).map(ticket -> new GrabOutcome.Granted(activity, ticket)),
                    address);
        }
        if (decision instanceof Decision.LimitReached reached) {
            return counted(
                    principal,
                    activityId,
                    requestId,
                    results.owned(activity, reached.latest())
                            .map(ticket -> new GrabOutcome.AlreadyTaken(activity, ticket)),
                    address);
        }
        return switch ((Decision.Plain) decision) {
            case PROCEED -> {
                GateRefusal refusal = atTheGate(principal, activity, pass, now);
                yield refusal == null
                        ? counted(
                                principal,
                                activityId,
                                requestId,
                                claim(principal, activity, requestId, address, now),
                                address)
                        : counted(activityId, new GrabOutcome.GateClosed(refusal), address);
            }
            case NO_SUCH_ACTIVITY -> counted(activityId, Plain.NO_SUCH_ACTIVITY, address);
            case NOT_STARTED ->
                counted(activityId, new GrabOutcome.NotStarted(activity.startTime(), now / 1_000), address);
            case ENDED -> counted(activityId, Plain.ENDED, address);
            case PAUSED -> counted(activityId, Plain.PAUSED, address);
            case NOT_ELIGIBLE -> counted(activityId, Plain.NOT_ELIGIBLE, address);
            case ELIGIBILITY_UNKNOWN ->
                counted(principal, activityId, requestId, Mono.just(Plain.UNAVAILABLE), address);
            case SOLD_OUT -> counted(activityId, Plain.SOLD_OUT, address);
        };
    }

    /** Null where it lets pass. Comes after all else that memory knows: who is refused anyway need not work for it. */
    private GateRefusal atTheGate(Principal principal, Activity activity, Pass pass, long now) {
        return activity.entry().gate().isOpen() ? null : grabTickets.check(activity, principal, pass, now / 1_000);
    }

    /** What memory has decided: the way of most of a crowd, without any operator on it. */
    private Mono<GrabOutcome> counted(ActivityId activityId, GrabOutcome outcome, String address) {
        funnel.answered(activityId, outcome, address);
        return Mono.just(outcome);
    }

    private Mono<GrabOutcome> counted(
            Principal principal,
            ActivityId activityId,
            RequestId requestId,
            Mono<GrabOutcome> outcome,
            String address) {
        return outcome.onErrorResume(error -> {
                    undecided.occurred("A grab could not be decided; activityId=" + activityId, error);
                    return Mono.just(Plain.UNAVAILABLE);
                })
                .doOnNext(known -> {
                    if (known == Plain.UNAVAILABLE) {
                        // Nothing was decided: trying again is no second grab.
                        rate.undecided(principal, activityId, requestId);
                    }
                    funnel.answered(activityId, known, address);
                });
    }

    private Mono<GrabOutcome> claim(
            Principal principal, Activity activity, RequestId requestId, String address, long now) {
        GrabSlots.Slot slot = publisher.isHealthy() ? slots.take() : null;
        if (slot == null) {
            return Mono.just(Plain.UNAVAILABLE);
        }
        // A press without a requestId is a request of its own.
        RequestId named =
                requestId != null ? requestId : new RequestId(ids.generate().toString());
        // A client that goes away takes nothing back: its claim is under way, is published, and has its slot until
        // then.
        CompletableFuture<GrabOutcome> decided = Mono.defer(() -> claiming.claim(
                        activity, principal, named, () -> new TicketId(ids.generate()), now, addresses.hash(address)))
                .doFinally(signal -> slot.give())
                .toFuture();
        return Mono.fromFuture(decided, true);
    }

    @Override
    public Mono<GrabOutcome> result(Principal principal, ActivityId activityId) {
        Activity activity = catalogue.find(activityId);
        // Nobody but an operator is told of a draft.
        if (activity == null || activity.state() == ActivityState.DRAFT) {
            return Mono.just(Plain.NO_SUCH_ACTIVITY);
        }
        Mono<GrabOutcome> known = results.known(activity, principal);
        if (known != null) {
            return known;
        }
        TooMuch refused = rate.question(principal);
        return refused == null ? results.withoutTicket(activity, principal) : Mono.just(tooMany(refused));
    }
}
