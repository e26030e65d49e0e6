package dev.dibs.ledger;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rules of a ledger once more, written down as plainly as possible to check the real one against. It keeps nothing
 * but the list of records that counted, and answers every question by going through the whole of it.
 */
final class NaiveLedger {
    private record Fact(long offset, TicketEvent event) {}

    private final List<Fact> facts = new ArrayList<>();

    Verdict apply(long offset, TicketEvent event) {
        Verdict verdict = judge(event);
        if (verdict == Verdict.VALID) {
            facts.add(new Fact(offset, event));
        }
        return verdict;
    }

    private Verdict judge(TicketEvent event) {
        if (event instanceof TicketGrabbed grab) {
            return judge(grab);
        }
        if (event instanceof StockAdded added) {
            return judge(added);
        }
        if (event instanceof TicketRedeemed redeemed) {
            return judgeUse(redeemed.activityId(), redeemed.sequence(), redeemed.ticketId());
        }
        if (event instanceof TicketRevoked revoked) {
            return judgeUse(revoked.activityId(), revoked.sequence(), revoked.ticketId());
        }
        return Verdict.VALID;
    }

    private Verdict judge(TicketGrabbed grab) {
        ActivityId activity = grab.activityId();
        boolean copy = grants(activity)
                .anyMatch(valid -> valid.epoch() == grab.epoch()
                        && valid.sequence() == grab.sequence()
                        && valid.userId().value().equals(grab.userId().value())
                        && valid.requestId().value().equals(grab.requestId().value()));
        if (copy) {
            return Verdict.DUPLICATE;
        }
        Optional<Fact> opening = facts.stream()
                .filter(fact -> fact.event() instanceof EpochOpened opened
                        && opened.activityId().equals(activity))
                .reduce((earlier, later) -> later);
        if (opening.isEmpty() || opening.get().offset() != grab.epoch()) {
            return Verdict.VOID_EPOCH;
        }
        if (grab.sequence() >= stock(activity)) {
            return Verdict.VOID_BEYOND_STOCK;
        }
        if (grants(activity).anyMatch(valid -> valid.sequence() == grab.sequence())) {
            return Verdict.VOID_SEQUENCE_TAKEN;
        }
        long held = grants(activity)
                .filter(valid -> valid.userId().value().equals(grab.userId().value()))
                .count();
        int limit = ((EpochOpened) opening.get().event()).limitPerUser();
        return held < limit ? Verdict.VALID : Verdict.VOID_LIMIT_REACHED;
    }

    private Verdict judge(StockAdded added) {
        boolean repeated = ranges(added.activityId())
                .anyMatch(range ->
                        range.importId().value().equals(added.importId().value()));
        if (repeated) {
            return Verdict.VOID_IMPORT_REPEATED;
        }
        return added.from() == stock(added.activityId()) ? Verdict.VALID : Verdict.VOID_NOT_CONTIGUOUS;
    }

    private Verdict judgeUse(ActivityId activity, int sequence, TicketId ticketId) {
        boolean known =
                grants(activity).anyMatch(valid -> valid.sequence() == sequence && isSame(valid.ticketId(), ticketId));
        if (!known) {
            return Verdict.VOID_UNKNOWN_TICKET;
        }
        Predicate<TicketEvent> redemption =
                event -> event instanceof TicketRedeemed earlier && isSame(earlier.ticketId(), ticketId);
        if (of(activity).anyMatch(redemption)) {
            return Verdict.VOID_ALREADY_REDEEMED;
        }
        Predicate<TicketEvent> revocation =
                event -> event instanceof TicketRevoked earlier && isSame(earlier.ticketId(), ticketId);
        return of(activity).anyMatch(revocation) ? Verdict.VOID_ALREADY_REVOKED : Verdict.VALID;
    }

    long granted(ActivityId activity) {
        return grants(activity).count();
    }

    long stock(ActivityId activity) {
        return ranges(activity).mapToLong(range -> range.to() - range.from()).sum();
    }

    private Stream<TicketGrabbed> grants(ActivityId activity) {
        return of(activity).filter(TicketGrabbed.class::isInstance).map(TicketGrabbed.class::cast);
    }

    private Stream<StockAdded> ranges(ActivityId activity) {
        return of(activity).filter(StockAdded.class::isInstance).map(StockAdded.class::cast);
    }

    private Stream<TicketEvent> of(ActivityId activity) {
        return facts.stream()
                .map(Fact::event)
                .filter(event -> event.activityId().equals(activity));
    }

    private static boolean isSame(TicketId one, TicketId other) {
        return one.toString().equals(other.toString());
    }
}
