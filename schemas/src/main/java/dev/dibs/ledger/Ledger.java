package dev.dibs.ledger;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.TicketId;
import java.util.EnumSet;
import java.util.Set;

/**
 * Decides, record by record in partition order, which facts of the log count. Pure and total: the same records give
 * the same verdicts to everybody, and there is no record without a verdict.
 *
 * <p>Not safe for use by several threads at once; a partition has one reader.
 */
public final class Ledger {
    private final LedgerState state;
    private final Set<Rule> rules;

    public Ledger(LedgerState state) {
        this(state, EnumSet.allOf(Rule.class));
    }

    /** For tests that show what goes wrong without a rule. */
    Ledger(LedgerState state, Set<Rule> rules) {
        this.state = state;
        this.rules = rules;
    }

    /**
     * Folds one record.
     *
     * @param offset of the record in its partition; offsets of one activity only grow
     */
    public Verdict apply(long offset, TicketEvent event) {
        ActivityAccount account = state.account(event.activityId());
        if (event instanceof TicketGrabbed grab) {
            return grab(account, grab);
        } else if (event instanceof EpochOpened opened) {
            account.openEpoch(offset, opened.limitPerUser());
            return Verdict.VALID;
        } else if (event instanceof StockAdded added) {
            return addStock(account, added);
        } else if (event instanceof TicketRedeemed redeemed) {
            return use(account, redeemed.sequence(), redeemed.ticketId(), Holding.Use.REDEEMED);
        } else if (event instanceof TicketRevoked revoked) {
            return use(account, revoked.sequence(), revoked.ticketId(), Holding.Use.REVOKED);
        }
        throw new IllegalStateException("A kind of event without a rule: " + event.getClass());
    }

    private Verdict grab(ActivityAccount account, TicketGrabbed grab) {
        Holding holding = account.holding(grab.sequence());
        // A copy may arrive long after its epoch has passed; the grab it copies stays valid all the same.
        if (holding != null && holding.isOf(grab)) {
            return Verdict.DUPLICATE;
        }
        if (rules.contains(Rule.CURRENT_EPOCH) && grab.epoch() != account.epoch()) {
            return Verdict.VOID_EPOCH;
        }
        if (rules.contains(Rule.WITHIN_STOCK) && grab.sequence() >= account.stock()) {
            return Verdict.VOID_BEYOND_STOCK;
        }
        if (rules.contains(Rule.UNIQUE_SEQUENCE) && holding != null) {
            return Verdict.VOID_SEQUENCE_TAKEN;
        }
        if (rules.contains(Rule.LIMIT_PER_USER) && account.held(grab.userId()) >= account.limitPerUser()) {
            return Verdict.VOID_LIMIT_REACHED;
        }
        account.grant(grab);
        return Verdict.VALID;
    }

    private static Verdict addStock(ActivityAccount account, StockAdded added) {
        if (account.hasImport(added.importId())) {
            return Verdict.VOID_IMPORT_REPEATED;
        }
        if (added.from() != account.stock()) {
            return Verdict.VOID_NOT_CONTIGUOUS;
        }
        account.addStock(StockRange.of(added));
        return Verdict.VALID;
    }

    private Verdict use(ActivityAccount account, int sequence, TicketId ticketId, Holding.Use use) {
        Holding holding = account.holding(sequence);
        if (holding == null || !holding.ticketId().equals(ticketId)) {
            return Verdict.VOID_UNKNOWN_TICKET;
        }
        if (rules.contains(Rule.USED_ONCE) && holding.use() != Holding.Use.UNUSED) {
            return holding.use() == Holding.Use.REDEEMED ? Verdict.VOID_ALREADY_REDEEMED : Verdict.VOID_ALREADY_REVOKED;
        }
        account.use(sequence, use);
        return Verdict.VALID;
    }
}
