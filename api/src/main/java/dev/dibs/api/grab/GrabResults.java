package dev.dibs.api.grab;

import dev.dibs.activity.Activity;
import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.access.Principal;
import dev.dibs.api.claim.ClaimedUsers;
import dev.dibs.api.claim.ClaimedUsers.Claims;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.recovery.Relay;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.api.tickets.TicketCodes;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ledger.ActivityAccount;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What became of a user's latest grab: the ledger tells of tickets, Redis of claims that it does not have yet. */
public final class GrabResults {
    private static final Logger log = LoggerFactory.getLogger(GrabResults.class);

    private final OccasionalWarning unknown = new OccasionalWarning(log);
    private final LedgerView ledger;
    private final ReadFirst readFirst;
    private final ClaimedUsers claimedUsers;
    private final TicketCodes codes;
    private final Clock clock;

    /** @param readFirst what the other instances have written into the log */
    public GrabResults(
            LedgerView ledger, ReadFirst readFirst, ClaimedUsers claimedUsers, TicketCodes codes, Clock clock) {
        this.ledger = ledger;
        this.readFirst = readFirst;
        this.claimedUsers = claimedUsers;
        this.codes = codes;
        this.clock = clock;
    }

    /**
     * What this instance knows by itself, or null where Redis has to be asked. A confirmed ticket is told at once, also
     * where a further grab of its owner is on its way.
     */
    Mono<GrabOutcome> known(Activity activity, Principal principal) {
        MemoryActivityAccount account = ledger.account(activity.activityId());
        List<Holding> holdings = account == null ? List.of() : account.holdings(principal.fingerprint());
        if (holdings.isEmpty()) {
            // Before that the ticket may stand in the part of the log that is still to be read.
            return ledger.isCaughtUp() ? null : Mono.just(Plain.UNAVAILABLE);
        }
        return decided(
                activity,
                owned(activity, holdings.get(holdings.size() - 1))
                        .map(ticket -> new GrabOutcome.Granted(activity, ticket)));
    }

    private Mono<GrabOutcome> decided(Activity activity, Mono<GrabOutcome> outcome) {
        return outcome.onErrorResume(error -> {
            unknown.occurred("A result could not be looked up; activityId=" + activity.activityId(), error);
            return Mono.just(Plain.UNAVAILABLE);
        });
    }

    /**
     * What Redis and the end of the log say: the ticket, where another instance has confirmed it meanwhile; else pending,
     * none, or unavailable where that cannot be known. A Redis that has lost its keys, or is not the one it was, does not
     * know of claims that may still come into the log; none is only said by one that is in the ledger's epoch, before which
     * all is in the log or void, and where the log has been read to its end.
     */
    Mono<GrabOutcome> withoutTicket(Activity activity, Principal principal) {
        return decided(
                activity,
                claimedUsers
                        .of(activity.activityId(), principal.fingerprint())
                        // After Redis: what it has let go of is in the log.
                        .flatMap(claims -> readFirst.then(isRead -> told(activity, principal, claims, isRead))));
    }

    private Mono<GrabOutcome> told(Activity activity, Principal principal, Claims claims, boolean isRead) {
        Mono<GrabOutcome> known = known(activity, principal);
        if (known != null) {
            return known;
        }
        if (claims.any()) {
            return Mono.just(Plain.PENDING);
        }
        MemoryActivityAccount account = ledger.account(activity.activityId());
        long epoch = account == null ? ActivityAccount.NO_EPOCH : account.epoch();
        boolean isKnown = claims.epoch() == epoch || !Relay.looksAfter(activity, clock.millis());
        return Mono.just(isRead && isKnown ? Plain.NONE : Plain.UNAVAILABLE);
    }

    Mono<OwnedTicket> owned(Activity activity, Holding holding) {
        return codes.find(activity.activityId(), holding.sequence())
                .map(code -> new OwnedTicket(
                        holding.ticketId(),
                        activity.activityId(),
                        holding.sequence(),
                        code.kind(),
                        code.code(),
                        holding.grabbedAt(),
                        holding.use()));
    }
}
