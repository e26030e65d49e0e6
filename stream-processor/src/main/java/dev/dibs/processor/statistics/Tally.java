package dev.dibs.processor.statistics;

import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Verdict;

/**
 * What one record adds to the statistics.
 *
 * @param second in which it happened, epoch seconds, at least 0
 * @param counts what it adds to the counts of the activity and of that second
 * @param grabbedAt when the valid grab was made, epoch milliseconds; without meaning where none is counted
 * @param logOffset its offset in the log, or {@link #NOT_OF_THE_LOG}
 * @param arrival of a winner; null where there is none
 * @param winnerAddress a hash of a winner's address; empty where there is none or it is not known
 * @param demand what an instance of the API has measured besides
 */
public record Tally(
        ActivityId activityId,
        long second,
        Counts counts,
        long grabbedAt,
        long logOffset,
        Arrival arrival,
        String winnerAddress,
        Demand demand) {
    public static final long NOT_OF_THE_LOG = -1;

    /** @param offset of the event in its partition */
    public static Tally of(long offset, TicketEvent event, Verdict verdict) {
        // A time before 1970 is nobody's time, but no reason to stop counting.
        long second = Math.max(0, Math.floorDiv(event.occurredAt(), 1_000L));
        return new Tally(
                event.activityId(),
                second,
                counts(event, verdict),
                event.occurredAt(),
                offset,
                arrival(event, verdict),
                verdict == Verdict.VALID && event instanceof TicketGrabbed grab ? grab.addressHash() : "",
                Demand.NONE);
    }

    public static Tally of(GrabFunnel funnel) {
        Counts counts = Counts.ofRequests(funnel.requests(), funnel.answers());
        return new Tally(funnel.activityId(), funnel.second(), counts, 0, NOT_OF_THE_LOG, null, "", Demand.of(funnel));
    }

    private static Arrival arrival(TicketEvent event, Verdict verdict) {
        if (verdict != Verdict.VALID || !(event instanceof TicketGrabbed grab)) {
            return null;
        }
        // Nobody arrives after the claim: an instance whose clock is ahead must not make all others look overtaken.
        return new Arrival(grab.epoch(), grab.sequence(), Math.min(grab.requestedAt(), grab.grabbedAt()));
    }

    private static Counts counts(TicketEvent event, Verdict verdict) {
        if (verdict == Verdict.DUPLICATE) {
            return Counts.DUPLICATE;
        } else if (verdict.isVoid()) {
            return Counts.VOIDED;
        } else if (event instanceof TicketGrabbed) {
            return Counts.GRANTED;
        } else if (event instanceof TicketRedeemed) {
            return Counts.REDEEMED;
        } else if (event instanceof TicketRevoked) {
            return Counts.REVOKED;
        } else if (event instanceof StockAdded added) {
            return Counts.ofStock((long) added.to() - added.from());
        }
        return Counts.NONE;
    }
}
