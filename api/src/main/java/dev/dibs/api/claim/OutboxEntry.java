package dev.dibs.api.claim;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import io.lettuce.core.StreamMessage;
import java.util.Map;

/** A claim that is not yet known to be in the log. */
public record OutboxEntry(String id, TicketGrabbed event) {

    /** @throws IllegalArgumentException where the entry is not what the claim script writes */
    static OutboxEntry of(ActivityId activityId, StreamMessage<String, String> message) {
        Map<String, String> body = message.getBody();
        long epoch = Long.parseLong(message.getId().substring(0, message.getId().indexOf('-')));
        return new OutboxEntry(
                message.getId(),
                new TicketGrabbed(
                        activityId,
                        epoch,
                        Integer.parseInt(body.get("sequence")),
                        TicketId.parse(body.get("ticketId")),
                        new UserId(body.get("userId")),
                        new RequestId(body.get("requestId")),
                        Long.parseLong(body.get("requestedAt")),
                        Long.parseLong(body.get("grabbedAt")),
                        new TicketKind(body.get("ticketKind")),
                        body.get("addressHash")));
    }
}
