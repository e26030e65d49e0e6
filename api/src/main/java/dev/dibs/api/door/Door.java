package dev.dibs.api.door;

import dev.dibs.activity.Activity;
import dev.dibs.activity.Lifespan;
import dev.dibs.activity.TicketType;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.door.CodeIndex.CodePlace;
import dev.dibs.api.door.DoorAnswer.LetIn;
import dev.dibs.api.door.DoorAnswer.Refused;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.tickets.TicketCodes;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.api.verdict.TicketUse;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.StockRange;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Redeems a code. What this instance knows refuses quickly; who is let in is decided by the log alone, where the first
 * record counts, however many gates of however many instances have pressed.
 */
final class Door {
    private final CodeIndex index;
    private final TicketCodes codes;
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final LogDecision decision;
    private final Clock clock;
    private final Supplier<UUID> eventIds;

    Door(
            CodeIndex index,
            TicketCodes codes,
            Catalogue catalogue,
            LedgerView ledger,
            LogDecision decision,
            Clock clock,
            Supplier<UUID> eventIds) {
        this.index = index;
        this.codes = codes;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.decision = decision;
        this.clock = clock;
        this.eventIds = eventIds;
    }

    /** A ticket that somebody holds, and the press that is about it. */
    private record Press(RedeemRequest request, ActivityId activityId, Holding holding, TicketType type, UUID eventId) {
        LetIn letIn(String gate, long at, boolean repeated) {
            return new LetIn(holding.ticketId(), activityId, holding.sequence(), type, gate, at, repeated);
        }
    }

    /** Never an error for what a gate can understand; an error where MongoDB or Redis does not answer. */
    Mono<DoorAnswer> redeem(RedeemRequest request) {
        return index.find(request.code())
                .flatMap(place -> redeem(request, place))
                .switchIfEmpty(Mono.fromSupplier(() -> new Refused(DoorProblems.unknownCode())));
    }

    private Mono<DoorAnswer> redeem(RedeemRequest request, CodePlace place) {
        ActivityId activityId = place.activityId();
        Activity activity = catalogue.find(activityId);
        if (activity == null) {
            return refused(DoorProblems.unknownCode());
        }
        if (request.activityId() != null && !request.activityId().equals(activityId)) {
            return refused(DoorProblems.otherActivity(activityId));
        }
        if (ledger.isReleased(activityId)) {
            return refused(DoorProblems.over(activityId));
        }
        if (!ledger.isCaughtUp()) {
            return refused(DoorProblems.stillReading());
        }
        MemoryActivityAccount account = ledger.account(activityId);
        StockRange range = account == null ? null : account.range(place.importId());
        if (range == null) {
            // The fingerprint of an import that did not come to its end: its codes are in no stock.
            return refused(DoorProblems.unknownCode());
        }
        int sequence = range.from() + place.row();
        Holding holding = account.holding(sequence);
        if (holding == null) {
            return refused(DoorProblems.notIssued(activityId));
        }
        return codes.find(activityId, sequence).flatMap(code -> {
            if (!code.code().equals(request.code())) {
                return refused(DoorProblems.unknownCode());
            }
            TicketType type = activity.ticket(code.kind()).orElse(null);
            return type == null
                    ? refused(DoorProblems.noSuchKind(activityId))
                    : decide(new Press(request, activityId, holding, type, eventId(request, holding)), activity);
        });
    }

    private Mono<DoorAnswer> decide(Press press, Activity activity) {
        TicketUse use = ledger.use(press.activityId, press.holding.sequence());
        if (use != null) {
            return Mono.just(used(press, use.use(), use));
        }
        long now = clock.millis();
        if (now < press.type.startTime() * 1_000) {
            return refused(DoorProblems.notYetValid(press.type));
        }
        // What is over gets no more facts: there would soon be nobody to judge them.
        if (now >= press.type.endTime() * 1_000 || Lifespan.isOver(activity, now)) {
            return refused(DoorProblems.expired(press.type));
        }
        return append(press, now);
    }

    private Mono<DoorAnswer> append(Press press, long now) {
        TicketRedeemed redeemed = new TicketRedeemed(
                press.eventId,
                now,
                press.activityId,
                press.holding.ticketId(),
                press.holding.sequence(),
                press.request.gate());
        return decision.on(redeemed, () -> first(press, now), what -> late(press, what));
    }

    private DoorAnswer first(Press press, long now) {
        TicketUse use = ledger.use(press.activityId, press.holding.sequence());
        return press.letIn(press.request.gate(), use == null ? now : use.at(), false);
    }

    private DoorAnswer late(Press press, Holding.Use what) {
        return used(press, what, ledger.use(press.activityId, press.holding.sequence()));
    }

    /** @param use null where it is known only that the ticket is used */
    private static DoorAnswer used(Press press, Holding.Use what, TicketUse use) {
        // The very press that was first asks again: its answer was lost, or its record was written twice.
        return use != null && use.use() == Holding.Use.REDEEMED && use.event().equals(press.eventId)
                ? press.letIn(use.gate(), use.at(), true)
                : new Refused(DoorProblems.used(what, use), press.activityId, press.holding.ticketId());
    }

    private UUID eventId(RedeemRequest request, Holding holding) {
        // A gate's name is free text. A user id has no colon in it, so no two of these are the same either.
        return request.requestId() == null
                ? eventIds.get()
                : EventIds.of("redeem", holding.ticketId(), request.requestId(), request.by() + ":" + request.gate());
    }

    private static Mono<DoorAnswer> refused(Problem problem) {
        return Mono.just(new Refused(problem));
    }
}
