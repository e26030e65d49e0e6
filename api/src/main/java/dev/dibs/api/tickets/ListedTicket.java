package dev.dibs.api.tickets;

import dev.dibs.ids.ActivityId;

/**
 * A ticket in a list of the projection. Its place is known also where its code cannot be read, so that the list goes on
 * behind it.
 *
 * @param ticket null where its code cannot be read
 * @param error why it cannot be read, without the code; null where it can
 */
record ListedTicket(TicketCursor place, ActivityId activityId, OwnedTicket ticket, RuntimeException error) {
    ListedTicket {
        if ((ticket == null) == (error == null)) {
            throw new IllegalArgumentException("A listed ticket is either there or cannot be read");
        }
    }

    static ListedTicket readable(OwnedTicket ticket) {
        return new ListedTicket(TicketCursor.of(ticket), ticket.activityId(), ticket, null);
    }

    static ListedTicket unreadable(TicketCursor place, ActivityId activityId, RuntimeException error) {
        return new ListedTicket(place, activityId, null, error);
    }

    /** Whether the projection can tell the code. */
    boolean hasCode() {
        return ticket != null && ticket.code() != null;
    }
}
