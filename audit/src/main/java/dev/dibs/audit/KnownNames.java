package dev.dibs.audit;

import dev.dibs.activity.Activity;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.TicketKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All names that an activity and its tickets have had. A row has the one that it was made with, and operators change
 * names while rows are made.
 */
final class KnownNames {
    private final Set<String> activity = new HashSet<>();
    private final Map<TicketKind, Set<String>> tickets = new HashMap<>();
    private long latest;
    private boolean complete = true;

    /** Takes the versions in the order of the topic. */
    void add(Activity found) {
        activity.add(found.name());
        for (TicketType ticket : found.tickets()) {
            tickets.computeIfAbsent(ticket.kind(), kind -> new HashSet<>()).add(ticket.name());
        }
        if (found.version() > latest) {
            complete &= found.version() == latest + 1;
            latest = found.version();
        }
    }

    boolean ofActivity(String name) {
        return isCompactedAway() || activity.contains(name);
    }

    boolean ofTicket(TicketKind kind, String name) {
        return isCompactedAway() || tickets.getOrDefault(kind, Set.of()).contains(name);
    }

    /** The topic is compacted: where a version is missing, so may be a name, and any must be believed. */
    private boolean isCompactedAway() {
        return !complete;
    }
}
