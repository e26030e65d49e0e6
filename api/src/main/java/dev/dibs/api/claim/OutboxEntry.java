package dev.dibs.api.claim;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import io.lettuce.core.StreamMessage;

/** A claim that is not yet known to be in the log. */
public record OutboxEntry(String id, TicketGrabbed event) {

    private static final String FIELD = "claim";
    private static final int PARTS = 8;

    /** @throws IllegalArgumentException where the entry is not what the claim script writes */
    static OutboxEntry of(ActivityId activityId, StreamMessage<String, String> message) {
        String claim = message.getBody().get(FIELD);
        // None of the parts has a line break: ids and kinds have no such character, all else are numbers and hashes.
        String[] parts = claim == null ? new String[0] : claim.split("\n", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("The outbox entry " + message.getId() + " of " + activityId + " has "
                    + parts.length + " parts instead of " + PARTS);
        }
        long epoch = Long.parseLong(message.getId().substring(0, message.getId().indexOf('-')));
        return new OutboxEntry(
                message.getId(),
                new TicketGrabbed(
                        activityId,
                        epoch,
                        Integer.parseInt(parts[0]),
                        TicketId.parse(parts[1]),
                        new UserId(parts[2]),
                        new RequestId(parts[3]),
                        Long.parseLong(parts[4]),
                        Long.parseLong(parts[5]),
                        new TicketKind(parts[6]),
                        parts[7]));
    }
}
