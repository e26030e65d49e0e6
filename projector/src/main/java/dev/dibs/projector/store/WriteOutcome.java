package dev.dibs.projector.store;

import dev.dibs.ids.TicketId;
import java.util.List;

/**
 * What became of a batch that reached the database.
 *
 * @param withoutCode tickets granted by this batch whose code was not found; their rows are written all the same
 * @param refused changes that were not written
 */
public record WriteOutcome(List<TicketId> withoutCode, List<RefusedRow> refused) {
    public WriteOutcome {
        withoutCode = List.copyOf(withoutCode);
        refused = List.copyOf(refused);
    }
}
