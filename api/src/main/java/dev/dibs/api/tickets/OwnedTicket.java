package dev.dibs.api.tickets;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ledger.Holding;

/**
 * A ticket of its owner, with the code. Never to be logged.
 *
 * @param grabbedAt epoch milliseconds
 */
public record OwnedTicket(
        TicketId ticketId,
        ActivityId activityId,
        int sequence,
        TicketKind kind,
        String code,
        long grabbedAt,
        Holding.Use use) {
    @Override
    public String toString() {
        return "OwnedTicket[ticketId=" + ticketId + ", activityId=" + activityId + ", sequence=" + sequence + "]";
    }
}
