package dev.dibs.model;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.ActivityAccount;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.LedgerState;
import dev.dibs.ledger.StockRange;
import java.util.ArrayList;
import java.util.List;

/** An account of a single activity as a plain list, which also bears what a ledger without rules does to it. */
final class ListAccount implements ActivityAccount, LedgerState {
    private final List<TicketGrabbed> grants = new ArrayList<>(4);
    private long epoch = NO_EPOCH;
    private int limitPerUser;
    private int stock;

    List<TicketGrabbed> grants() {
        return grants;
    }

    @Override
    public ActivityAccount account(ActivityId activityId) {
        return this;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public int limitPerUser() {
        return limitPerUser;
    }

    @Override
    public int stock() {
        return stock;
    }

    @Override
    public boolean hasImport(ImportId importId) {
        return false;
    }

    @Override
    public Holding holding(int sequence) {
        for (TicketGrabbed grant : grants) {
            if (grant.sequence() == sequence) {
                return new Holding(
                        sequence,
                        grant.ticketId(),
                        grant.epoch(),
                        Fingerprint.of(grant.userId().value()),
                        Fingerprint.of(grant.requestId().value()),
                        grant.grabbedAt(),
                        Holding.Use.UNUSED);
            }
        }
        return null;
    }

    @Override
    public int held(UserId userId) {
        return (int)
                grants.stream().filter(grant -> grant.userId().equals(userId)).count();
    }

    @Override
    public void openEpoch(long newEpoch, int newLimitPerUser) {
        epoch = newEpoch;
        limitPerUser = newLimitPerUser;
    }

    @Override
    public void addStock(StockRange range) {
        stock = range.to();
    }

    @Override
    public void grant(TicketGrabbed grab) {
        grants.add(grab);
    }

    @Override
    public void use(int sequence, Holding.Use use) {
        throw new IllegalStateException("The model uses no tickets");
    }
}
