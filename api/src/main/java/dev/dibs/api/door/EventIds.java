package dev.dibs.api.door;

import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Fingerprint;
import java.util.UUID;

/** Ids of facts that are the same when a request is repeated: so the log knows whose press was first. */
final class EventIds {
    private EventIds() {}

    /** @param who presses; the same requestId of somebody else is another press */
    static UUID of(String what, TicketId ticketId, RequestId requestId, String who) {
        // A requestId has no colon in it, so no two of these texts are the same.
        Fingerprint fingerprint = Fingerprint.of(what + ":" + ticketId + ":" + requestId + ":" + who);
        return new UUID(fingerprint.high(), fingerprint.low());
    }
}
