package dev.dibs.api.export;

import dev.dibs.exports.TicketState;

/**
 * A ticket won, as it stood at a position of the log. Never to be logged.
 *
 * @param code null where it is not known, or was not asked for
 * @param grabbedAt epoch milliseconds
 * @param grabOffset where in the log the grab stands
 * @param use what became of it before the position, or null
 */
record ResultRow(
        int sequence,
        String ticketId,
        String userId,
        String ticketKind,
        String code,
        long grabbedAt,
        long grabOffset,
        Use use) {

    /**
     * A redemption or revocation.
     *
     * @param at epoch milliseconds
     * @param offset where in the log it stands
     */
    record Use(TicketState state, long at, long offset) {}

    TicketState state() {
        return use == null ? TicketState.GRANTED : use.state();
    }

    /** When it came into this state by a use, in epoch milliseconds; null where it is in another. */
    Long usedAt(TicketState state) {
        return use != null && use.state() == state ? (Long) use.at() : null;
    }

    Long stateOffset() {
        return use == null ? null : (Long) use.offset();
    }

    @Override
    public String toString() {
        return "ResultRow[sequence=" + sequence + "]";
    }
}
