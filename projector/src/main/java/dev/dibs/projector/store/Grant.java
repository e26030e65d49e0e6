package dev.dibs.projector.store;

import dev.dibs.documents.Documents;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.StockRange;

/**
 * A ticket was won.
 *
 * @param grabbedAt epoch milliseconds
 * @param request fingerprint of the grab's requestId
 * @param partition where in the log the valid grab stands
 * @param offset where in that partition
 * @param codeId the document that holds the code; the code itself never enters the log
 */
public record Grant(
        UserId userId,
        ActivityId activityId,
        int sequence,
        TicketKind ticketKind,
        long grabbedAt,
        Fingerprint request,
        int partition,
        long offset,
        String codeId) {
    public Grant {
        if (userId == null || activityId == null || ticketKind == null || request == null || codeId == null) {
            throw new IllegalArgumentException(
                    "a grant needs a user, an activity, a ticket kind, a request and a code's id");
        }
        if (sequence < 0 || partition < 0 || offset < 0) {
            throw new IllegalArgumentException("sequence, partition and offset must be at least 0");
        }
    }

    /** @param range the range of the stock that the grab's sequence belongs to */
    public static Grant of(int partition, long offset, TicketGrabbed grab, StockRange range) {
        return new Grant(
                grab.userId(),
                grab.activityId(),
                grab.sequence(),
                grab.ticketKind(),
                grab.grabbedAt(),
                Fingerprint.of(grab.requestId().value()),
                partition,
                offset,
                Documents.codeId(grab.activityId(), range.importId(), grab.sequence() - range.from()));
    }
}
