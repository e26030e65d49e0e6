package dev.dibs.api.verdict;

import dev.dibs.ledger.Holding;
import java.util.UUID;

/**
 * What became of a ticket, by the record of the log that decided it.
 *
 * @param event the id of that record
 * @param at epoch milliseconds
 * @param gate who redeemed it; empty where it was revoked
 */
public record TicketUse(Holding.Use use, UUID event, long at, String gate) {
    public TicketUse {
        if (use == Holding.Use.UNUSED) {
            throw new IllegalArgumentException("what became of a ticket is not that nothing did");
        }
    }
}
