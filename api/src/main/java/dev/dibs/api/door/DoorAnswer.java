package dev.dibs.api.door;

import dev.dibs.activity.TicketType;
import dev.dibs.api.operations.Problem;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;

/** What the door says. */
sealed interface DoorAnswer {

    /**
     * The holder may come in: this press was the first.
     *
     * @param redeemedAt epoch milliseconds
     * @param repeated whether this press has been answered so before
     */
    record LetIn(
            TicketId ticketId,
            ActivityId activityId,
            int sequence,
            TicketType ticket,
            String gate,
            long redeemedAt,
            boolean repeated)
            implements DoorAnswer {}

    /**
     * The ticket is no good any more.
     *
     * @param revokedAt epoch milliseconds
     * @param repeated whether this request has been answered so before
     */
    record Revoked(TicketId ticketId, ActivityId activityId, int sequence, long revokedAt, boolean repeated)
            implements DoorAnswer {}

    /**
     * @param activityId null where there is none
     * @param ticketId null where there is none
     */
    record Refused(Problem problem, ActivityId activityId, TicketId ticketId) implements DoorAnswer {
        Refused(Problem problem) {
            this(problem, null, null);
        }
    }
}
