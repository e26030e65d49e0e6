package dev.dibs.projector.store;

import dev.dibs.ids.TicketId;

/**
 * What the log says of one ticket, or a part of it. Changes of one ticket touch different fields, so that they may
 * be written in any order and any number of times.
 *
 * @param grant null where this change says nothing of it
 * @param redeemedAt epoch milliseconds, null where this change says nothing of it
 * @param revokedAt epoch milliseconds, null where this change says nothing of it
 */
public record TicketChange(TicketId ticketId, Grant grant, Long redeemedAt, Long revokedAt) {
    public TicketChange {
        if (ticketId == null) {
            throw new IllegalArgumentException("a change needs a ticket");
        }
        if (grant == null && redeemedAt == null && revokedAt == null) {
            throw new IllegalArgumentException("a change must change something");
        }
    }

    public static TicketChange granted(TicketId ticketId, Grant grant) {
        return new TicketChange(ticketId, grant, null, null);
    }

    public static TicketChange redeemed(TicketId ticketId, long at) {
        return new TicketChange(ticketId, null, at, null);
    }

    public static TicketChange revoked(TicketId ticketId, long at) {
        return new TicketChange(ticketId, null, null, at);
    }

    /** Both in one; where both speak of the same field they say the same, as each comes from one valid record. */
    TicketChange and(TicketChange later) {
        return new TicketChange(
                ticketId,
                later.grant != null ? later.grant : grant,
                later.redeemedAt != null ? later.redeemedAt : redeemedAt,
                later.revokedAt != null ? later.revokedAt : revokedAt);
    }
}
