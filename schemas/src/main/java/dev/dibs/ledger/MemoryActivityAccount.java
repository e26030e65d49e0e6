package dev.dibs.ledger;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One activity's account in primitive arrays: about 80 bytes per winner. One thread folds, any thread reads; whatever
 * looks at more than one number is short and holds the account's monitor.
 */
public final class MemoryActivityAccount implements ActivityAccount {
    private static final int NONE = -1;

    private final HoldingTable holdings = new HoldingTable();
    private final List<StockRange> ranges = new ArrayList<>();
    private final Set<ImportId> imports = new HashSet<>();
    private long epoch = NO_EPOCH;
    private volatile int limitPerUser;
    /** Written under the monitor, read without it: whoever asks whether a sale is sold out shall not wait in a row. */
    private volatile int stock;

    private volatile int granted;
    private int highestUsed = NONE;

    @Override
    public synchronized long epoch() {
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

    /** How many sequences are held. */
    public int granted() {
        return granted;
    }

    /** Sequences that nobody holds. */
    public int remaining() {
        return stock - granted;
    }

    /** The highest sequence that is held, or -1. */
    public synchronized int highestUsed() {
        return highestUsed;
    }

    /** The stock in the order of its import. */
    public synchronized List<StockRange> ranges() {
        return List.copyOf(ranges);
    }

    /** The range a sequence belongs to, or null beyond the stock. */
    public synchronized StockRange range(int sequence) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            StockRange range = ranges.get(middle);
            if (sequence < range.from()) {
                high = middle - 1;
            } else if (sequence >= range.to()) {
                low = middle + 1;
            } else {
                return range;
            }
        }
        return null;
    }

    /** The range that an import has added, or null where it has not. */
    public synchronized StockRange range(ImportId importId) {
        if (!imports.contains(importId)) {
            return null;
        }
        for (StockRange range : ranges) {
            if (range.importId().equals(importId)) {
                return range;
            }
        }
        return null;
    }

    @Override
    public synchronized boolean hasImport(ImportId importId) {
        return imports.contains(importId);
    }

    @Override
    public synchronized Holding holding(int sequence) {
        return holdings.get(sequence);
    }

    @Override
    public int held(UserId userId) {
        return held(Fingerprint.of(userId.value()));
    }

    /**
     * The holding of this ticket, or null. Looks through all of them, some milliseconds for a million; page by page, so
     * that whoever folds or grabs meanwhile waits for one page only.
     */
    public Holding find(TicketId ticketId) {
        for (int page = 0; ; page++) {
            synchronized (this) {
                if (page >= holdings.pages()) {
                    return null;
                }
                Holding found = holdings.find(ticketId, page);
                if (found != null) {
                    return found;
                }
            }
        }
    }

    /** How many tickets the user with this fingerprint holds. */
    public synchronized int held(Fingerprint user) {
        return holdings.count(user);
    }

    /** The tickets of the user with this fingerprint, oldest first. */
    public synchronized List<Holding> holdings(Fingerprint user) {
        return holdings.of(user);
    }

    @Override
    public synchronized void openEpoch(long newEpoch, int newLimitPerUser) {
        epoch = newEpoch;
        limitPerUser = newLimitPerUser;
    }

    @Override
    public synchronized void addStock(StockRange range) {
        ranges.add(range);
        imports.add(range.importId());
        stock = range.to();
    }

    @Override
    public void grant(TicketGrabbed grab) {
        Holding holding = Holding.of(grab);
        synchronized (this) {
            holdings.put(holding);
            granted = holdings.size();
            highestUsed = Math.max(highestUsed, holding.sequence());
        }
    }

    @Override
    public synchronized void use(int sequence, Holding.Use use) {
        holdings.use(sequence, use);
    }
}
