package dev.dibs.ledger;

import dev.dibs.events.StockAdded;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketKind;

/** The sequences [from, to), whose codes are the rows [0, to - from) of an import. */
public record StockRange(int from, int to, TicketKind ticketKind, ImportId importId) {
    static StockRange of(StockAdded added) {
        return new StockRange(added.from(), added.to(), added.ticketKind(), added.importId());
    }
}
