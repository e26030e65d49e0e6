package dev.dibs.api.grab;

import dev.dibs.activity.Activity;
import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.access.Principal;
import dev.dibs.api.claim.ClaimedUsers;
import dev.dibs.api.claim.ClaimedUsers.Claims;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.recovery.Relay;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.api.tickets.TicketCodes;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
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
    private final ClaimedUsers claimedUsers;
    private final TicketCodes codes;
    private final Clock clock;

    public GrabResults(LedgerView ledger, ClaimedUsers claimedUsers, TicketCodes codes, Clock clock) {
        this.ledger = ledger;
        this.claimedUsers = claimedUsers;
        this.codes = codes;
        this.clock = clock;
    }

    Mono<GrabOutcome> of(Activity activity, Principal principal) {
        int held = holdings(activity.activityId(), principal).size();
        if (held == 0 && !ledger.isCaughtUp()) {
            // The ticket may stand in the part of the log that is still to be read.
            return Mono.just(Plain.UNAVAILABLE);
        }
        return (held == 0 ? withoutTicket(activity, principal) : withTickets(activity, principal, held))
                .onErrorResume(error -> {
                    unknown.occurred("A result could not be looked up; activityId=" + activity.activityId(), error);
                    return Mono.just(Plain.UNAVAILABLE);
                });
    }

    /**
     * Pending, none, or unavailable where that cannot be known. A Redis that has lost its keys, or is not the one it
     * was, does not know of claims that may still come into the log; none is only said by one that is in the ledger's
     * epoch, before which all is in the log or void.
     */
    private Mono<GrabOutcome> withoutTicket(Activity activity, Principal principal) {
        return claimedUsers.of(activity.activityId(), principal.fingerprint()).map(claims -> {
            if (claims.latest() != null) {
                return Plain.PENDING;
            }
            boolean known = isOfThisEpoch(claims, activity.activityId()) || !Relay.looksAfter(activity, clock.millis());
            return known ? Plain.NONE : Plain.UNAVAILABLE;
        });
    }

    /** The latest ticket, unless a further grab is on its way: then that is the one that is asked about. */
    private Mono<GrabOutcome> withTickets(Activity activity, Principal principal, int held) {
        Mono<Boolean> onItsWay = held >= activity.limitPerUser()
                ? Mono.just(false)
                : isFurtherOneOnItsWay(activity.activityId(), principal);
        return onItsWay.flatMap(further -> {
            if (further) {
                return Mono.just(Plain.PENDING);
            }
            List<Holding> holdings = holdings(activity.activityId(), principal);
            return owned(activity, holdings.get(holdings.size() - 1))
                    .map(ticket -> new GrabOutcome.Granted(activity, ticket));
        });
    }

    /** False also where Redis cannot tell: the ticket that there is must be told of without it. */
    private Mono<Boolean> isFurtherOneOnItsWay(ActivityId activityId, Principal principal) {
        return claimedUsers
                .of(activityId, principal.fingerprint())
                .map(claims -> claims.latest() != null
                        && isOfThisEpoch(claims, activityId)
                        && holdings(activityId, principal).stream()
                                .noneMatch(holding -> holding.ticketId().equals(claims.latest())))
                .onErrorReturn(false);
    }

    private boolean isOfThisEpoch(Claims claims, ActivityId activityId) {
        MemoryActivityAccount account = ledger.account(activityId);
        return claims.epoch() == (account == null ? ActivityAccount.NO_EPOCH : account.epoch());
    }

    private List<Holding> holdings(ActivityId activityId, Principal principal) {
        MemoryActivityAccount account = ledger.account(activityId);
        return account == null ? List.of() : account.holdings(principal.fingerprint());
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
