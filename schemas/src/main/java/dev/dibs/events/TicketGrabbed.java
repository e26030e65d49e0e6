package dev.dibs.events;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import java.util.UUID;

/**
 * A claim. Copies of one claim (a relay's, a retry's) carry the same ticketId, which is also the event's id.
 *
 * @param epoch the epoch in which Redis made the claim
 * @param sequence the number of the code, at least 0
 * @param requestedAt when the request arrived, epoch milliseconds
 * @param grabbedAt when Redis made the claim, epoch milliseconds by the clock of Redis
 * @param addressHash a salted hash of the client's address, or empty where it is not known
 */
public record TicketGrabbed(
        ActivityId activityId,
        long epoch,
        int sequence,
        TicketId ticketId,
        UserId userId,
        RequestId requestId,
        long requestedAt,
        long grabbedAt,
        TicketKind ticketKind,
        String addressHash)
        implements TicketEvent {
    public TicketGrabbed {
        Require.present("activityId", activityId);
        Require.atLeast("epoch", 0, epoch);
        Require.atLeast("sequence", 0, sequence);
        Require.present("ticketId", ticketId);
        Require.present("userId", userId);
        Require.present("requestId", requestId);
        Require.atLeast("requestedAt", 0, requestedAt);
        Require.atLeast("grabbedAt", 0, grabbedAt);
        Require.present("ticketKind", ticketKind);
        Require.text("addressHash", addressHash, 64);
    }

    @Override
    public UUID eventId() {
        return ticketId.value();
    }

    @Override
    public long occurredAt() {
        return grabbedAt;
    }
}
