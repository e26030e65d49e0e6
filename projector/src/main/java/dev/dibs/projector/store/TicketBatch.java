package dev.dibs.projector.store;

import dev.dibs.ids.TicketId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes to be written together, one per ticket: two upserts of one new document within an unordered write could
 * collide.
 */
public final class TicketBatch {
    private final Map<TicketId, TicketChange> changes = new LinkedHashMap<>();

    public void add(TicketChange change) {
        changes.merge(change.ticketId(), change, TicketChange::and);
    }

    public Collection<TicketChange> changes() {
        return Collections.unmodifiableCollection(changes.values());
    }

    public int size() {
        return changes.size();
    }

    /** How many of the tickets are granted by this batch. */
    public long grants() {
        return changes.values().stream()
                .filter(change -> change.grant() != null)
                .count();
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes of these tickets only. */
    public TicketBatch only(Collection<TicketId> tickets) {
        TicketBatch part = new TicketBatch();
        tickets.forEach(ticket -> part.add(changes.get(ticket)));
        return part;
    }
}
