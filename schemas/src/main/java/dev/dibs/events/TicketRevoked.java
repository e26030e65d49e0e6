package dev.dibs.events;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import java.util.UUID;

/**
 * Taken back by an operator. The sequence does not return to the stock, and the user's count stays as it is.
 *
 * @param sequence the number of the code, at least 0
 * @param reason in the operator's words, at most 200 characters
 */
public record TicketRevoked(
        UUID eventId, long occurredAt, ActivityId activityId, TicketId ticketId, int sequence, String reason)
        implements TicketEvent {
    public TicketRevoked {
        Require.present("eventId", eventId);
        Require.atLeast("occurredAt", 0, occurredAt);
        Require.present("activityId", activityId);
        Require.present("ticketId", ticketId);
        Require.atLeast("sequence", 0, sequence);
        Require.text("reason", reason, 200);
    }
}
