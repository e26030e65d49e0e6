package dev.dibs.processor.ledger;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.ActivityAccount;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.StockRange;

/** One activity's entries in the state stores; made for one event, so that the account is read once for it. */
public final class StoreActivityAccount implements ActivityAccount {
    private final StoreLedgerState stores;
    private final String activity;
    private Account account;
    /** Of the user who was asked about last: the same one that a grant is then made to. */
    private UserId lastUser;

    private int lastHeld;

    StoreActivityAccount(StoreLedgerState stores, ActivityId activityId) {
        this.stores = stores;
        this.activity = activityId.value();
        Account known = stores.accounts().get(activity);
        this.account = known == null ? Account.NEW : known;
    }

    @Override
    public long epoch() {
        return account.epoch();
    }

    @Override
    public int limitPerUser() {
        return account.limitPerUser();
    }

    @Override
    public int stock() {
        return account.stock();
    }

    @Override
    public boolean hasImport(ImportId importId) {
        return stores.imports().get(key(importId.value())) != null;
    }

    @Override
    public Holding holding(int sequence) {
        Grant grant = grant(sequence);
        return grant == null ? null : grant.holding();
    }

    /** Who holds this sequence and how it came about, or null where nobody does. */
    public Grant grant(int sequence) {
        return stores.grants().get(key(sequence));
    }

    @Override
    public int held(UserId userId) {
        if (!userId.equals(lastUser)) {
            Integer held = stores.users().get(key(userId.value()));
            lastUser = userId;
            lastHeld = held == null ? 0 : held;
        }
        return lastHeld;
    }

    @Override
    public void openEpoch(long epoch, int limitPerUser) {
        put(new Account(epoch, limitPerUser, account.stock()));
    }

    @Override
    public void addStock(StockRange range) {
        stores.imports().put(key(range.importId().value()), range.from());
        put(new Account(account.epoch(), account.limitPerUser(), range.to()));
    }

    @Override
    public void grant(TicketGrabbed grab) {
        stores.grants().put(key(grab.sequence()), stores.grant(grab));
        int held = held(grab.userId()) + 1;
        stores.users().put(key(grab.userId().value()), held);
        lastHeld = held;
    }

    @Override
    public void use(int sequence, Holding.Use use) {
        stores.grants().put(key(sequence), grant(sequence).withUse(use));
    }

    private void put(Account changed) {
        account = changed;
        stores.accounts().put(activity, changed);
    }

    /** No id contains a colon. */
    private String key(Object part) {
        return activity + ":" + part;
    }
}
