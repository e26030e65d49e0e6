package dev.dibs.api.claim;

import dev.dibs.api.access.Principal;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Fingerprint;

/**
 * A user's wish for one sequence.
 *
 * @param ticketId the id that the ticket gets if the claim is made
 * @param deadline epoch milliseconds by the clock of Redis, after which the claim refuses itself
 * @param requestedAt when the request arrived, epoch milliseconds
 * @param addressHash salted hash of the client's address, or empty
 */
public record ClaimRequest(
        ActivityId activityId,
        Principal principal,
        RequestId requestId,
        Fingerprint request,
        TicketId ticketId,
        long deadline,
        long requestedAt,
        String addressHash) {

    /** The same wish, whose ticket gets another id. */
    public ClaimRequest under(TicketId other) {
        return new ClaimRequest(activityId, principal, requestId, request, other, deadline, requestedAt, addressHash);
    }
}
