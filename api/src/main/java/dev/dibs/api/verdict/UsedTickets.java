package dev.dibs.api.verdict;

import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.Verdict;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who used which ticket and when: what the ledger itself does not remember. About 60 bytes for each ticket that was
 * redeemed or revoked, and nothing for the others; it is forgotten with the activity. One thread notes, any thread asks.
 */
public final class UsedTickets {
    /** Beyond so many names of gates, a name is kept once for each ticket instead of once for all. */
    private static final int MAX_SHARED_GATES = 4_096;

    private record Entry(Holding.Use use, long high, long low, long at, String gate) {}

    private static final class OfActivity {
        private final Int2ObjectOpenHashMap<Entry> entries = new Int2ObjectOpenHashMap<>();
        private final Map<String, String> gates = new HashMap<>();

        synchronized void put(int sequence, Holding.Use use, TicketEvent event, String gate) {
            UUID id = event.eventId();
            entries.put(
                    sequence,
                    new Entry(
                            use,
                            id.getMostSignificantBits(),
                            id.getLeastSignificantBits(),
                            event.occurredAt(),
                            shared(gate)));
        }

        synchronized Entry get(int sequence) {
            return entries.get(sequence);
        }

        private String shared(String gate) {
            String known = gates.get(gate);
            if (known != null) {
                return known;
            }
            if (gates.size() < MAX_SHARED_GATES) {
                gates.put(gate, gate);
            }
            return gate;
        }
    }

    private final Map<ActivityId, OfActivity> activities = new ConcurrentHashMap<>();

    /** Notes a record of the log, if it is one that redeems or revokes and counts. */
    public void note(TicketEvent event, Verdict verdict) {
        if (verdict != Verdict.VALID) {
            return;
        }
        if (event instanceof TicketRedeemed redeemed) {
            of(event).put(redeemed.sequence(), Holding.Use.REDEEMED, event, redeemed.gate());
        } else if (event instanceof TicketRevoked revoked) {
            of(event).put(revoked.sequence(), Holding.Use.REVOKED, event, "");
        }
    }

    private OfActivity of(TicketEvent event) {
        return activities.computeIfAbsent(event.activityId(), id -> new OfActivity());
    }

    /** What became of the ticket of this sequence; null where nothing did, or it is not known here. */
    public TicketUse find(ActivityId activityId, int sequence) {
        OfActivity of = activities.get(activityId);
        Entry entry = of == null ? null : of.get(sequence);
        return entry == null ? null : new TicketUse(entry.use, new UUID(entry.high, entry.low), entry.at, entry.gate);
    }

    public void release(ActivityId activityId) {
        activities.remove(activityId);
    }
}
