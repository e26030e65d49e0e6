package dev.dibs.events;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;
import java.util.UUID;

/**
 * The sequences [from, to) exist. Row {@code s - from} of the import holds the code of sequence {@code s}.
 *
 * @param from first sequence, at least 0
 * @param to one past the last sequence, above {@code from}
 * @param ticketKind the kind of all of them, or {@link TicketKind#MIXED} where the import holds several
 * @param importId the import that stored their codes
 */
public record StockAdded(
        UUID eventId,
        long occurredAt,
        ActivityId activityId,
        int from,
        int to,
        TicketKind ticketKind,
        ImportId importId)
        implements TicketEvent {
    public StockAdded {
        Require.present("eventId", eventId);
        Require.atLeast("occurredAt", 0, occurredAt);
        Require.present("activityId", activityId);
        Require.atLeast("from", 0, from);
        Require.atLeast("to", from + 1L, to);
        Require.present("ticketKind", ticketKind);
        Require.present("importId", importId);
    }
}
