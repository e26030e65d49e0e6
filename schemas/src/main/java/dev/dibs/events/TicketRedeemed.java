package dev.dibs.events;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import java.util.UUID;

/**
 * Used at the door.
 *
 * @param sequence the number of the code, at least 0
 * @param gate who let the holder in, at most 64 characters
 */
public record TicketRedeemed(
        UUID eventId, long occurredAt, ActivityId activityId, TicketId ticketId, int sequence, String gate)
        implements TicketEvent {
    public TicketRedeemed {
        Require.present("eventId", eventId);
        Require.atLeast("occurredAt", 0, occurredAt);
        Require.present("activityId", activityId);
        Require.present("ticketId", ticketId);
        Require.atLeast("sequence", 0, sequence);
        Require.text("gate", gate, 64);
    }
}
