package dev.dibs.audit;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.testkit.LogPosition;

/** A ticket that the plan says is won, and what became of it. */
final class Won {
    final TicketGrabbed grab;
    final LogPosition position;
    final String code;
    Long redeemedAt;
    Long revokedAt;
    LogPosition usedPosition;

    Won(TicketGrabbed grab, LogPosition position, String code) {
        this.grab = grab;
        this.position = position;
        this.code = code;
    }

    int sequence() {
        return grab.sequence();
    }

    String ticketId() {
        return grab.ticketId().toString();
    }

    Long usedAt() {
        return redeemedAt != null ? redeemedAt : revokedAt;
    }
}
