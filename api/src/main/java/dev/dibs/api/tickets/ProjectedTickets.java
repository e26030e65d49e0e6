package dev.dibs.api.tickets;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.util.List;
import reactor.core.publisher.Mono;

/** Tickets as the projection has them: all of them, but perhaps a little late. Always answers in bounded time. */
interface ProjectedTickets {

    /**
     * The user's tickets, newest first. One whose code cannot be read is among them and hides no other.
     *
     * @param after only tickets behind this place, or null from the first
     */
    Mono<List<ListedTicket>> of(UserId userId, TicketCursor after, int limit);

    /** The user's ticket of this id; empty where there is none, or it is somebody else's; an error if unreadable. */
    Mono<OwnedTicket> find(UserId userId, TicketId ticketId);

    /** The user's ticket of this activity that this request has won; empty where there is none. */
    Mono<OwnedTicket> won(UserId userId, ActivityId activityId, Fingerprint request);

    /** The user's latest ticket of this activity; empty where there is none. */
    Mono<OwnedTicket> latest(UserId userId, ActivityId activityId);
}
