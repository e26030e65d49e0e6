package dev.dibs.ledger;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.UserId;

/**
 * The ledger's memory of one activity. Every operation costs O(1), whatever the activity's size. It only remembers;
 * what may be remembered is for the {@link Ledger} to decide.
 */
public interface ActivityAccount {
    /** Before the first {@code EpochOpened}. */
    long NO_EPOCH = -1;

    /** Offset of the latest {@code EpochOpened}, or {@link #NO_EPOCH}. */
    long epoch();

    /** Tickets one user may hold in the current epoch; 0 before the first. */
    int limitPerUser();

    /** How many sequences exist. */
    int stock();

    boolean hasImport(ImportId importId);

    /** Who holds this sequence, or null where nobody does. */
    Holding holding(int sequence);

    /** How many tickets this user holds. */
    int held(UserId userId);

    void openEpoch(long epoch, int limitPerUser);

    /** Appends a range that begins at {@link #stock()}. */
    void addStock(StockRange range);

    /** Gives a sequence that nobody holds to the user of this grab. */
    void grant(TicketGrabbed grab);

    /** Notes what became of a sequence that somebody holds. */
    void use(int sequence, Holding.Use use);
}
