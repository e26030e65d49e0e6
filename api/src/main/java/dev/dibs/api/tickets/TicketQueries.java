package dev.dibs.api.tickets;

import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.access.Principal;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.api.verdict.LedgerView.LiveTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A user's tickets: those of the log that this instance has in memory, which are there at once whichever instance has
 * confirmed them, and those of the projection, which has the old ones too. Where both have a ticket, the log knows better
 * what has become of it.
 */
public final class TicketQueries {
    private static final Logger log = LoggerFactory.getLogger(TicketQueries.class);

    /** A ticket from one of the sources, or from both. */
    private record Found(LiveTicket live, ListedTicket projected) {
        ActivityId activityId() {
            return live == null ? projected.activityId() : live.activityId();
        }
    }

    /** A ticket, or why it cannot be told now. */
    private record Told(OwnedTicket ticket, Throwable error) {}

    private record Projected(List<ListedTicket> tickets, boolean complete) {}

    private final OccasionalWarning unreadable = new OccasionalWarning(log);
    private final LedgerView ledger;
    private final ReadFirst readFirst;
    private final TicketCodes codes;
    private final ProjectedTickets projection;

    /** @param readFirst what the other instances have written into the log */
    TicketQueries(LedgerView ledger, ReadFirst readFirst, TicketCodes codes, ProjectedTickets projection) {
        this.ledger = ledger;
        this.readFirst = readFirst;
        this.codes = codes;
        this.projection = projection;
    }

    /**
     * The pageNum-th page of the user's tickets.
     *
     * @param pageNum from 1
     * @return an error only where nothing can be known; without a ticket, but with its lastId, where none of the page
     *     can be read and there are more behind it
     */
    public Mono<TicketPage> page(Principal owner, int pageNum, int pageSize) {
        return page(owner, null, (pageNum - 1) * pageSize, pageSize);
    }

    /**
     * The tickets behind a page.
     *
     * @param lastId of that page
     * @return an error only where nothing can be known; without a ticket, but with its lastId, where none of the page
     *     can be read and there are more behind it
     * @throws IllegalArgumentException where no page has had this lastId
     */
    public Mono<TicketPage> after(Principal owner, String lastId, int pageSize) {
        return page(owner, TicketCursor.decode(lastId), 0, pageSize);
    }

    /** A page behind another one may have a new ticket too: they are in the order of their claims. */
    private Mono<TicketPage> page(Principal owner, TicketCursor after, int skip, int pageSize) {
        return readFirst.then(isRead -> page(owner, after, skip, pageSize, isRead));
    }

    private Mono<TicketPage> page(Principal owner, TicketCursor after, int skip, int pageSize, boolean isRead) {
        Map<TicketCursor, Found> live = new TreeMap<>(TicketCursor.NEWEST_FIRST);
        for (LiveTicket ticket : ledger.ticketsOf(owner.fingerprint())) {
            TicketCursor place = place(ticket);
            if (after == null || place.isAfter(after)) {
                live.put(place, new Found(ticket, null));
            }
        }
        return projection
                .of(owner.userId(), after, skip + pageSize + 1)
                .map(tickets -> new Projected(tickets, true))
                // The user's tickets of the running sales are known without the projection, and are what somebody who
                // asks now wants to see. With none of them in memory, an empty list would be a lie.
                .onErrorResume(
                        error -> live.size() <= skip ? Mono.error(error) : Mono.just(new Projected(List.of(), false)))
                .flatMap(projected -> {
                    projected.tickets.forEach(ticket -> live.merge(
                            ticket.place(), new Found(null, ticket), (a, b) -> new Found(a.live, b.projected)));
                    return page(live, skip, pageSize, projected.complete);
                })
                .map(page -> isRead ? page : page.incomplete());
    }

    private Mono<TicketPage> page(Map<TicketCursor, Found> found, int skip, int pageSize, boolean complete) {
        List<TicketCursor> places = new ArrayList<>(found.keySet());
        int from = Math.min(skip, places.size());
        int to = Math.min(from + pageSize, places.size());
        boolean goesOn = to < places.size();
        String lastId = from == to ? "" : places.get(to - 1).encode();
        return Flux.fromIterable(places.subList(from, to))
                // All at once: where codes are away, the page takes as long as one of them, not as all in a row.
                .flatMapSequential(place -> told(found.get(place)))
                .collectList()
                .flatMap(told -> {
                    List<OwnedTicket> tickets = told.stream()
                            .map(Told::ticket)
                            .filter(Objects::nonNull)
                            .toList();
                    // As above: an empty list would be a lie. But who cannot get past it loses the tickets behind it.
                    return tickets.isEmpty() && !told.isEmpty() && !goesOn
                            ? Mono.error(told.get(0).error)
                            : Mono.just(new TicketPage(
                                    tickets, goesOn || !complete, complete && tickets.size() == told.size(), lastId));
                });
    }

    /**
     * A code that cannot be read hides its own ticket and no other: that of a sale that is over is in MongoDB only, and
     * what has been won in a running one is to be seen without MongoDB. Also, the key of an old code may be gone.
     */
    private Mono<Told> told(Found found) {
        return owned(found).map(ticket -> new Told(ticket, null)).onErrorResume(error -> {
            unreadable.occurred("A ticket cannot be listed; activityId=" + found.activityId(), error);
            return Mono.just(new Told(null, error));
        });
    }

    /**
     * The user's ticket of this id; empty where there is none, or it is somebody else's; an error where that cannot be
     * known.
     */
    public Mono<OwnedTicket> find(Principal owner, TicketId ticketId) {
        return live(owner, ticketId).switchIfEmpty(readFirst.then(isRead -> find(owner, ticketId, isRead)));
    }

    private Mono<OwnedTicket> find(Principal owner, TicketId ticketId, boolean isRead) {
        Mono<OwnedTicket> none = isRead
                ? Mono.empty()
                // Another instance may have confirmed it.
                : Mono.error(() -> new IllegalStateException("The log was not read to its end"));
        return live(owner, ticketId)
                .switchIfEmpty(Mono.defer(() -> projection.find(owner.userId(), ticketId)))
                .switchIfEmpty(none);
    }

    private Mono<OwnedTicket> live(Principal owner, TicketId ticketId) {
        for (LiveTicket ticket : ledger.ticketsOf(owner.fingerprint())) {
            if (ticket.holding().ticketId().equals(ticketId)) {
                return owned(new Found(ticket, null));
            }
        }
        return Mono.empty();
    }

    private Mono<OwnedTicket> owned(Found found) {
        if (found.live == null) {
            return found.projected.error() == null
                    ? Mono.just(found.projected.ticket())
                    : Mono.error(found.projected.error());
        }
        if (found.projected != null && found.projected.hasCode()) {
            OwnedTicket projected = found.projected.ticket();
            return Mono.just(owned(found.live, new TicketCodes.TicketCode(projected.kind(), projected.code())));
        }
        return codes.find(found.live.activityId(), found.live.holding().sequence())
                .map(code -> owned(found.live, code));
    }

    private static OwnedTicket owned(LiveTicket live, TicketCodes.TicketCode code) {
        return new OwnedTicket(
                live.holding().ticketId(),
                live.activityId(),
                live.holding().sequence(),
                code.kind(),
                code.code(),
                live.holding().grabbedAt(),
                live.holding().use());
    }

    private static TicketCursor place(LiveTicket ticket) {
        return new TicketCursor(
                ticket.holding().grabbedAt(), ticket.holding().ticketId().toString());
    }
}
