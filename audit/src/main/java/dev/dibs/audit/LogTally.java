package dev.dibs.audit;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Verdict;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.BitSet;

/**
 * Counts one activity's log again, with other means than the ledger: an audit that only asked the ledger would find
 * nothing wrong with a ledger that is wrong.
 */
final class LogTally {
    private final ActivityId activityId;
    private final Findings findings;
    private final BitSet used = new BitSet();
    /** By half a fingerprint: that two of a million users share one is less likely than one in ten million. */
    private final Long2IntOpenHashMap heldByUser = new Long2IntOpenHashMap();

    private long epoch = -1;
    private int limit;
    private int highestLimit;
    private int stock;
    private long valid;
    private long duplicates;
    private long refused;

    LogTally(ActivityId activityId, Findings findings) {
        this.activityId = activityId;
        this.findings = findings;
    }

    void epoch(long offset, EpochOpened opened) {
        epoch = offset;
        limit = opened.limitPerUser();
        highestLimit = Math.max(highestLimit, limit);
    }

    void stock(long offset, StockAdded added, Verdict verdict) {
        if (verdict != Verdict.VALID) {
            return;
        }
        if (added.from() != stock) {
            findings.add(
                    Check.CODES,
                    activityId,
                    "the stock added at offset %d is expected to begin at sequence %d, but begins at %d",
                    offset,
                    stock,
                    added.from());
        }
        stock = Math.max(stock, added.to());
    }

    void grab(long offset, TicketGrabbed grab, Verdict verdict) {
        if (verdict == Verdict.VALID) {
            valid(offset, grab);
        } else if (verdict == Verdict.DUPLICATE) {
            duplicate(offset, grab);
        } else {
            refused(offset, grab, verdict);
        }
    }

    private void valid(long offset, TicketGrabbed grab) {
        valid++;
        if (grab.epoch() != epoch) {
            report(Check.CODES, offset, grab, "expected of epoch " + epoch + ", but is of epoch " + grab.epoch());
        }
        if (grab.sequence() >= stock) {
            report(Check.CODES, offset, grab, "expected below the stock of " + stock + ", but is not");
        }
        if (used.get(grab.sequence())) {
            report(Check.CODES, offset, grab, "expected to be issued once, but was issued before");
        }
        int held = heldByUser.addTo(user(grab), 1) + 1;
        if (held > limit) {
            report(
                    Check.LIMIT,
                    offset,
                    grab,
                    "expected to be at most ticket " + limit + " of its user, but is ticket " + held);
        }
        used.set(grab.sequence());
    }

    private void duplicate(long offset, TicketGrabbed grab) {
        duplicates++;
        if (!used.get(grab.sequence())) {
            report(Check.CODES, offset, grab, "counted as a copy, but no valid grab stands before it");
        }
    }

    private void refused(long offset, TicketGrabbed grab, Verdict verdict) {
        refused++;
        boolean breaksRule = grab.epoch() != epoch
                || grab.sequence() >= stock
                || used.get(grab.sequence())
                || heldByUser.get(user(grab)) >= limit;
        if (!breaksRule) {
            report(Check.REDIS, offset, grab, "expected to be valid, as it breaks no rule, but is " + verdict);
        }
    }

    private void report(Check check, long offset, TicketGrabbed grab, String what) {
        findings.add(
                check,
                activityId,
                "sequence %d (ticket %s, offset %d of the log) is %s",
                grab.sequence(),
                grab.ticketId(),
                offset,
                what);
    }

    private static long user(TicketGrabbed grab) {
        return Fingerprint.of(grab.userId().value()).low();
    }

    long valid() {
        return valid;
    }

    long duplicates() {
        return duplicates;
    }

    long refused() {
        return refused;
    }

    int sequences() {
        return used.cardinality();
    }

    int winners() {
        return heldByUser.size();
    }

    int stock() {
        return stock;
    }

    /** The highest limit per user that was ever in force. */
    int highestLimit() {
        return highestLimit;
    }
}
