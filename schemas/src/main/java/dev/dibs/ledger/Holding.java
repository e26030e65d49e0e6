package dev.dibs.ledger;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.TicketId;

/**
 * A sequence that somebody holds.
 *
 * @param epoch the epoch of the valid grab
 * @param user fingerprint of the holder's id
 * @param request fingerprint of the grab's requestId
 * @param grabbedAt epoch milliseconds, as the valid grab has it
 */
public record Holding(
        int sequence, TicketId ticketId, long epoch, Fingerprint user, Fingerprint request, long grabbedAt, Use use) {

    /** What has become of a ticket. */
    public enum Use {
        UNUSED,
        REDEEMED,
        REVOKED
    }

    static Holding of(TicketGrabbed grab) {
        return new Holding(
                grab.sequence(),
                grab.ticketId(),
                grab.epoch(),
                Fingerprint.of(grab.userId().value()),
                Fingerprint.of(grab.requestId().value()),
                grab.grabbedAt(),
                Use.UNUSED);
    }

    /** Whether the grab is a copy of the one that this holding comes from. */
    boolean isOf(TicketGrabbed grab) {
        return epoch == grab.epoch()
                && sequence == grab.sequence()
                && user.equals(Fingerprint.of(grab.userId().value()))
                && request.equals(Fingerprint.of(grab.requestId().value()));
    }
}
