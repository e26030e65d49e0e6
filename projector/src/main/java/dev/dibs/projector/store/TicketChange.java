package dev.dibs.projector.store;

import dev.dibs.ids.TicketId;

/**
 * What the log says of one ticket, or a part of it. Changes of one ticket touch different fields, so that they may
 * be written in any order and any number of times.
 *
 * @param grant null where this change says nothing of it
 * @param redeemed null where this change says nothing of it
 * @param revoked null where this change says nothing of it
 */
public record TicketChange(TicketId ticketId, Grant grant, Use redeemed, Use revoked) {
    public TicketChange {
        if (ticketId == null) {
            throw new IllegalArgumentException("a change needs a ticket");
        }
        if (grant == null && redeemed == null && revoked == null) {
            throw new IllegalArgumentException("a change must change something");
        }
    }

    /**
     * A ticket was redeemed or revoked.
     *
     * @param at epoch milliseconds
     * @param offset where in the partition of its grab, so that a reader as of a position knows whether it counts
     */
    public record Use(long at, long offset) {
        public Use {
            if (offset < 0) {
                throw new IllegalArgumentException("an offset must be at least 0");
            }
        }
    }

    public static TicketChange granted(TicketId ticketId, Grant grant) {
        return new TicketChange(ticketId, grant, null, null);
    }

    public static TicketChange redeemed(TicketId ticketId, long at, long offset) {
        return new TicketChange(ticketId, null, new Use(at, offset), null);
    }

    public static TicketChange revoked(TicketId ticketId, long at, long offset) {
        return new TicketChange(ticketId, null, null, new Use(at, offset));
    }

    /** Both in one; where both speak of the same field they say the same, as each comes from one valid record. */
    TicketChange and(TicketChange later) {
        return new TicketChange(
                ticketId,
                later.grant != null ? later.grant : grant,
                later.redeemed != null ? later.redeemed : redeemed,
                later.revoked != null ? later.revoked : revoked);
    }
}
