package dev.dibs.api.tickets;

import java.util.List;

/**
 * A part of a user's tickets, newest first.
 *
 * @param hasMore whether there are more behind them; also true where that cannot be known
 * @param complete false where the log, the projection, or a ticket's code could not be read, so that tickets may be missing
 * @param lastId where the next part begins; empty where there is no ticket here, not even one that cannot be read
 */
public record TicketPage(List<OwnedTicket> tickets, boolean hasMore, boolean complete, String lastId) {
    public TicketPage {
        tickets = List.copyOf(tickets);
    }

    TicketPage incomplete() {
        return new TicketPage(tickets, hasMore, false, lastId);
    }
}
