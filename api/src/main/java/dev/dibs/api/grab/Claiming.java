package dev.dibs.api.grab;

import dev.dibs.activity.Activity;
import dev.dibs.api.ApiProperties;
import dev.dibs.api.access.Principal;
import dev.dibs.api.claim.ClaimRequest;
import dev.dibs.api.claim.ClaimResult;
import dev.dibs.api.claim.ClaimResult.Claimed;
import dev.dibs.api.claim.ClaimResult.Held;
import dev.dibs.api.claim.ClaimResult.Incomplete;
import dev.dibs.api.claim.ClaimResult.LimitReached;
import dev.dibs.api.claim.ClaimResult.Refused;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.claim.TicketInventory;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.recovery.Repair;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.api.tickets.TicketCodes.TicketCode;
import dev.dibs.api.verdict.FactWriter.Judged;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.api.verdict.PendingVerdicts;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Claim, publish, verdict. Redis proposes, the log decides: nobody is told of a ticket before the ledger has accepted
 * it, and what the ledger voids is claimed again until the request's deadline.
 */
public final class Claiming {
    /**
     * How often one grab is claimed. Where mending does not help, doing it again does not, and each further claim would burn a
     * sequence; and so many steps inside one another come to the end of a thread's stack.
     */
    private static final int MOST_ATTEMPTS = 8;

    private final TicketInventory inventory;
    private final Outbox outbox;
    private final LogPublisher publisher;
    private final PendingVerdicts verdicts;
    private final LedgerView ledger;
    private final Repair repair;
    private final ApiProperties.Grab limits;
    private final Clock clock;

    public Claiming(
            TicketInventory inventory,
            Outbox outbox,
            LogPublisher publisher,
            PendingVerdicts verdicts,
            LedgerView ledger,
            Repair repair,
            ApiProperties.Grab limits,
            Clock clock) {
        this.inventory = inventory;
        this.outbox = outbox;
        this.publisher = publisher;
        this.verdicts = verdicts;
        this.ledger = ledger;
        this.repair = repair;
        this.limits = limits;
        this.clock = clock;
    }

    /** What one claim needs to know, also when it has to be made again. */
    private record Attempt(Activity activity, ClaimRequest request, Supplier<TicketId> ids, int number) {
        /** Under another id: the log may have the last claim, and what is void must not be taken for what is not. */
        private Attempt next() {
            return new Attempt(activity, request.under(ids.get()), ids, number + 1);
        }

        private ActivityId activityId() {
            return activity.activityId();
        }
    }

    /**
     * @param ids a new one each time
     * @param now epoch milliseconds; the deadline counts from here
     */
    public Mono<GrabOutcome> claim(
            Activity activity,
            Principal principal,
            RequestId requestId,
            Supplier<TicketId> ids,
            long now,
            String addressHash) {
        long deadline = now + limits.claimTimeout().toMillis();
        return attempt(new Attempt(
                activity,
                new ClaimRequest(
                        activity.activityId(),
                        principal,
                        requestId,
                        Fingerprint.of(requestId.value()),
                        ids.get(),
                        deadline,
                        now,
                        addressHash),
                ids,
                1));
    }

    private Mono<GrabOutcome> attempt(Attempt attempt) {
        return inventory.claim(attempt.request).flatMap(result -> follow(attempt, result));
    }

    private Mono<GrabOutcome> follow(Attempt attempt, ClaimResult result) {
        if (result instanceof Claimed claimed) {
            Mono<Judged> verdict = awaitVerdict(claimed.event().ticketId());
            publisher.append(claimed.event());
            return judged(
                    attempt,
                    claimed.event().epoch(),
                    verdict.doOnNext(v -> outbox.settled(attempt.activityId(), claimed.outboxId())),
                    () -> granted(attempt, claimed.event(), claimed.code()));
        }
        if (result instanceof Held held) {
            return judged(
                    attempt,
                    held.event().epoch(),
                    republished(held),
                    () -> granted(attempt, held.event(), held.code()));
        }
        if (result instanceof LimitReached reached) {
            TicketId ticketId = reached.latest().ticketId();
            return judged(
                    attempt,
                    reached.latest().epoch(),
                    verdictOf(attempt.activityId(), reached.latest().sequence(), ticketId),
                    () -> new GrabOutcome.AlreadyTaken(
                            attempt.activity,
                            ticket(
                                    attempt.activityId(),
                                    ticketId,
                                    reached.latest().sequence(),
                                    reached.code(),
                                    reached.latest().grabbedAt())));
        }
        if (result instanceof Incomplete incomplete) {
            return retryAfter(() -> repair.replace(attempt.activityId(), incomplete.epoch()), attempt);
        }
        return switch ((Refused) result) {
            case SOLD_OUT -> Mono.just(Plain.SOLD_OUT);
            case ENDED -> Mono.just(Plain.ENDED);
            case PAUSED -> Mono.just(Plain.PAUSED);
            case NOT_STARTED ->
                Mono.just(new GrabOutcome.NotStarted(attempt.activity.startTime(), clock.millis() / 1_000));
            case EXPIRED -> Mono.just(Plain.UNAVAILABLE);
            case FENCED, UNOPENED -> retryAfter(() -> repair.repair(attempt.activityId()), attempt);
        };
    }

    /** The verdict of a grab that was claimed before; it is published again unless somebody here waits for it. */
    private Mono<Judged> republished(Held held) {
        TicketId ticketId = held.event().ticketId();
        boolean underWay = verdicts.isAwaited(ticketId.value());
        Mono<Judged> verdict = verdictOf(held.event().activityId(), held.event().sequence(), ticketId);
        if (!underWay
                && !LedgerFollower.holds(
                        ledger.account(held.event().activityId()), held.event().sequence(), ticketId)) {
            publisher.append(held.event());
        }
        return verdict;
    }

    /** The verdict of a grab whose record may have been folded already. */
    private Mono<Judged> verdictOf(ActivityId activityId, int sequence, TicketId ticketId) {
        if (LedgerFollower.holds(ledger.account(activityId), sequence, ticketId)) {
            return Mono.just(Judged.FOLDED);
        }
        Mono<Judged> verdict = awaitVerdict(ticketId);
        // It may have been folded between the first look and the registration; nobody would wake us then.
        return LedgerFollower.holds(ledger.account(activityId), sequence, ticketId)
                ? Mono.just(Judged.FOLDED)
                : verdict;
    }

    private Mono<Judged> awaitVerdict(TicketId ticketId) {
        UUID eventId = ticketId.value();
        return Mono.fromFuture(verdicts.await(eventId, limits.verdictTimeout()), true);
    }

    /** @param epoch in which Redis made the claim */
    private Mono<GrabOutcome> judged(Attempt attempt, long epoch, Mono<Judged> verdict, Supplier<GrabOutcome> granted) {
        return verdict.map(judged -> judged.verdict().isGranted()
                        ? Mono.just(granted.get())
                        : retryAfter(() -> mended(attempt.activityId(), epoch, judged.verdict()), attempt))
                // Of the verdict alone: a claim that is void is not pending, however long the mending takes.
                .onErrorReturn(TimeoutException.class, Mono.just(Plain.PENDING))
                .flatMap(outcome -> outcome);
    }

    /**
     * Redis has proposed what the log does not accept. In an epoch that has passed that is as it should be; in the
     * current one a part of its keys is lost or wrong, and it would propose the like again.
     */
    private CompletableFuture<Void> mended(ActivityId activityId, long epoch, Verdict verdict) {
        return verdict == Verdict.VOID_EPOCH ? repair.repair(activityId) : repair.replace(activityId, epoch);
    }

    /** Until the deadline, and so many times at most, Redis is mended and asked again. */
    private Mono<GrabOutcome> retryAfter(Supplier<CompletableFuture<Void>> mending, Attempt attempt) {
        long left = attempt.request.deadline() - clock.millis();
        if (left <= 0 || attempt.number == MOST_ATTEMPTS) {
            return Mono.just(Plain.UNAVAILABLE);
        }
        return Mono.fromFuture(mending.get(), true)
                .timeout(Duration.ofMillis(left))
                .then(Mono.defer(() -> attempt(attempt.next())));
    }

    private static GrabOutcome granted(Attempt attempt, TicketGrabbed grab, TicketCode code) {
        return new GrabOutcome.Granted(
                attempt.activity,
                ticket(attempt.activityId(), grab.ticketId(), grab.sequence(), code, grab.grabbedAt()));
    }

    private static OwnedTicket ticket(
            ActivityId activityId, TicketId ticketId, int sequence, TicketCode code, long grabbedAt) {
        return new OwnedTicket(ticketId, activityId, sequence, code.kind(), code.code(), grabbedAt, Holding.Use.UNUSED);
    }
}
