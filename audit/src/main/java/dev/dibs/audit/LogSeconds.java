package dev.dibs.audit;

import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ledger.Verdict;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongSet;

/** What the log says of each second: as many rows as the sale has seconds, however many grabs it has. */
final class LogSeconds {

    /** What is counted. */
    enum Kind {
        STOCK_ADDED("stockAdded"),
        GRANTED("granted"),
        REDEEMED("redeemed"),
        REVOKED("revoked"),
        VOIDED("voided"),
        DUPLICATES("duplicates");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        /** As it is called in the statistics. */
        String field() {
            return field;
        }
    }

    private static final int KINDS = Kind.values().length;

    private final Long2ObjectOpenHashMap<int[]> counts = new Long2ObjectOpenHashMap<>();

    void add(TicketEvent event, Verdict verdict) {
        Kind kind = kind(event, verdict);
        if (kind != null) {
            // A time before 1970 is nobody's, and counts in the first second that there is.
            long second = Math.max(0, Math.floorDiv(event.occurredAt(), 1_000L));
            counts.computeIfAbsent(second, s -> new int[KINDS])[kind.ordinal()] +=
                    event instanceof StockAdded added && kind == Kind.STOCK_ADDED ? added.to() - added.from() : 1;
        }
    }

    private static Kind kind(TicketEvent event, Verdict verdict) {
        if (verdict == Verdict.DUPLICATE) {
            return Kind.DUPLICATES;
        } else if (verdict.isVoid()) {
            return Kind.VOIDED;
        } else if (event instanceof TicketGrabbed) {
            return Kind.GRANTED;
        } else if (event instanceof TicketRedeemed) {
            return Kind.REDEEMED;
        } else if (event instanceof TicketRevoked) {
            return Kind.REVOKED;
        } else if (event instanceof StockAdded) {
            return Kind.STOCK_ADDED;
        }
        return null;
    }

    int count(long second, Kind kind) {
        int[] of = counts.get(second);
        return of == null ? 0 : of[kind.ordinal()];
    }

    /** The seconds in which something happened, in no particular order. */
    LongSet seconds() {
        return counts.keySet();
    }
}
