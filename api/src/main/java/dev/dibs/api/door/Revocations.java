package dev.dibs.api.door;

import dev.dibs.activity.Activity;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.door.DoorAnswer.Refused;
import dev.dibs.api.door.DoorAnswer.Revoked;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.tickets.TicketPlaces;
import dev.dibs.api.tickets.TicketPlaces.TicketPlace;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.api.verdict.LedgerView.LiveTicket;
import dev.dibs.api.verdict.TicketUse;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes tickets back. As at the door, the first record in the log counts. */
final class Revocations {
    private final TicketPlaces places;
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final LogDecision decision;
    private final Clock clock;
    private final Supplier<UUID> eventIds;

    Revocations(
            TicketPlaces places,
            Catalogue catalogue,
            LedgerView ledger,
            LogDecision decision,
            Clock clock,
            Supplier<UUID> eventIds) {
        this.places = places;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.decision = decision;
        this.clock = clock;
        this.eventIds = eventIds;
    }

    /** @param requestId names the request; null where it has no name */
    Mono<DoorAnswer> revoke(TicketId ticketId, String reason, RequestId requestId) {
        UUID eventId = requestId == null ? eventIds.get() : EventIds.of("revoke", ticketId, requestId, reason);
        return find(ticketId)
                .flatMap(place -> revoke(ticketId, place, reason, eventId))
                .switchIfEmpty(Mono.fromSupplier(() -> new Refused(DoorProblems.noSuchTicket())));
    }

    /**
     * The projection leads to the ticket by its id. It may be behind, or away: then the tickets in memory are looked
     * through.
     */
    private Mono<TicketPlace> find(TicketId ticketId) {
        Mono<TicketPlace> inMemory = Mono.fromCallable(() -> ledger.find(ticketId))
                .map(Revocations::place)
                .subscribeOn(Schedulers.boundedElastic());
        return places.find(ticketId)
                .switchIfEmpty(inMemory)
                .onErrorResume(error -> inMemory.switchIfEmpty(Mono.error(error)));
    }

    private static TicketPlace place(LiveTicket ticket) {
        return new TicketPlace(ticket.activityId(), ticket.holding().sequence());
    }

    private Mono<DoorAnswer> revoke(TicketId ticketId, TicketPlace place, String reason, UUID eventId) {
        Activity activity = catalogue.find(place.activityId());
        long now = clock.millis();
        if (activity == null) {
            return refused(DoorProblems.noSuchTicket());
        }
        if (ledger.isReleased(place.activityId())) {
            return refused(DoorProblems.over(place.activityId()));
        }
        TicketUse use = ledger.use(place.activityId(), place.sequence());
        if (use != null) {
            return Mono.just(used(ticketId, place, eventId, use.use(), use));
        }
        if (Lifespan.isOver(activity, now)) {
            return refused(DoorProblems.over(place.activityId()));
        }
        if (!ledger.isCaughtUp() || !holds(place, ticketId)) {
            // The projection has it, so the log has it: this instance has not read so far yet.
            return refused(DoorProblems.stillReading());
        }
        TicketRevoked revoked = new TicketRevoked(eventId, now, place.activityId(), ticketId, place.sequence(), reason);
        return decision.on(revoked, () -> first(ticketId, place, now), what -> late(ticketId, place, eventId, what));
    }

    private DoorAnswer first(TicketId ticketId, TicketPlace place, long now) {
        TicketUse use = ledger.use(place.activityId(), place.sequence());
        return new Revoked(ticketId, place.activityId(), place.sequence(), use == null ? now : use.at(), false);
    }

    private boolean holds(TicketPlace place, TicketId ticketId) {
        MemoryActivityAccount account = ledger.account(place.activityId());
        Holding holding = account == null ? null : account.holding(place.sequence());
        return holding != null && holding.ticketId().equals(ticketId);
    }

    private DoorAnswer late(TicketId ticketId, TicketPlace place, UUID eventId, Holding.Use what) {
        return used(ticketId, place, eventId, what, ledger.use(place.activityId(), place.sequence()));
    }

    private static DoorAnswer used(
            TicketId ticketId, TicketPlace place, UUID eventId, Holding.Use what, TicketUse use) {
        return use != null && use.use() == Holding.Use.REVOKED && use.event().equals(eventId)
                ? new Revoked(ticketId, place.activityId(), place.sequence(), use.at(), true)
                : new Refused(DoorProblems.used(what, use), place.activityId(), ticketId);
    }

    private static Mono<DoorAnswer> refused(Problem problem) {
        return Mono.just(new Refused(problem));
    }
}
