package dev.dibs.api.tickets;

import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * A projection and codes in memory; the projection can be away, and so can the codes of an activity, and what it has of
 * an activity can be unreadable.
 */
public final class FakeTickets implements ProjectedTickets, TicketCodes {
    private final Map<UserId, List<OwnedTicket>> projected = new HashMap<>();
    private final Set<ActivityId> withoutCodes = new HashSet<>();
    private final Set<ActivityId> unreadable = new HashSet<>();
    private final TicketKind kind;
    private boolean away;

    public FakeTickets(TicketKind kind) {
        this.kind = kind;
    }

    public void project(UserId owner, OwnedTicket ticket) {
        projected.computeIfAbsent(owner, id -> new ArrayList<>()).add(ticket);
    }

    public void goAway() {
        away = true;
    }

    public void takeCodesAway(ActivityId activityId) {
        withoutCodes.add(activityId);
    }

    /** As where the projection's codes are sealed with a key that is gone. */
    public void loseKeyOf(ActivityId activityId) {
        unreadable.add(activityId);
    }

    public TicketQueries queries(LedgerView ledger) {
        return new TicketQueries(
                ledger, new ReadFirst("a-topic", ledger::readThrough, Duration.ofMinutes(1)), this, this);
    }

    @Override
    public Mono<List<ListedTicket>> of(UserId userId, TicketCursor after, int limit) {
        return answer(projected.getOrDefault(userId, List.of()).stream()
                .filter(ticket -> after == null || TicketCursor.of(ticket).isAfter(after))
                .sorted((a, b) -> TicketCursor.NEWEST_FIRST.compare(TicketCursor.of(a), TicketCursor.of(b)))
                .limit(limit)
                .map(ticket -> unreadable.contains(ticket.activityId())
                        ? ListedTicket.unreadable(TicketCursor.of(ticket), ticket.activityId(), keyIsGone())
                        : ListedTicket.readable(ticket))
                .toList());
    }

    private static IllegalStateException keyIsGone() {
        return new IllegalStateException("key is gone");
    }

    @Override
    public Mono<OwnedTicket> find(UserId userId, TicketId ticketId) {
        return answer(projected.getOrDefault(userId, List.of()).stream()
                        .filter(ticket -> ticket.ticketId().equals(ticketId))
                        .toList())
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()))
                .flatMap(found -> unreadable.contains(found.activityId()) ? Mono.error(keyIsGone()) : Mono.just(found));
    }

    /** Here a request is known by the ticket that it has won. */
    @Override
    public Mono<OwnedTicket> won(UserId userId, ActivityId activityId, Fingerprint request) {
        return answer(of(userId, activityId).stream()
                        .filter(ticket ->
                                Fingerprint.of(ticket.ticketId().toString()).equals(request))
                        .toList())
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    @Override
    public Mono<OwnedTicket> latest(UserId userId, ActivityId activityId) {
        return answer(of(userId, activityId))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    private List<OwnedTicket> of(UserId userId, ActivityId activityId) {
        return projected.getOrDefault(userId, List.of()).stream()
                .filter(ticket -> ticket.activityId().equals(activityId))
                .sorted((a, b) -> TicketCursor.NEWEST_FIRST.compare(TicketCursor.of(a), TicketCursor.of(b)))
                .toList();
    }

    private <T> Mono<T> answer(T value) {
        return away ? Mono.error(new IllegalStateException("away")) : Mono.just(value);
    }

    @Override
    public Mono<TicketCode> find(ActivityId activityId, int sequence) {
        return withoutCodes.contains(activityId)
                ? Mono.error(new IllegalStateException("codes away"))
                : Mono.just(new TicketCode(kind, "CODE-" + sequence));
    }
}
