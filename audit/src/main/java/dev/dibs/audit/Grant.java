package dev.dibs.audit;

import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;

/**
 * A valid grab and what became of it: what every projection must repeat.
 *
 * @param address the low half of the fingerprint of the address hash
 * @param usedAt when it was redeemed or revoked, epoch milliseconds; 0 where neither happened
 * @param usedOffset where the log says so; 0 where it does not
 */
record Grant(
        int sequence,
        TicketId ticketId,
        long epoch,
        Fingerprint user,
        Fingerprint request,
        long requestedAt,
        long grabbedAt,
        TicketKind kind,
        long address,
        int partition,
        long offset,
        Holding.Use use,
        long usedAt,
        long usedOffset) {

    /** When it was redeemed, or null. */
    Long redeemedAt() {
        return use == Holding.Use.REDEEMED ? usedAt : null;
    }

    /** When it was revoked, or null. */
    Long revokedAt() {
        return use == Holding.Use.REVOKED ? usedAt : null;
    }

    /** Where the log says that it was redeemed, or null. */
    Long redeemedOffset() {
        return use == Holding.Use.REDEEMED ? usedOffset : null;
    }

    /** Where the log says that it was revoked, or null. */
    Long revokedOffset() {
        return use == Holding.Use.REVOKED ? usedOffset : null;
    }
}
