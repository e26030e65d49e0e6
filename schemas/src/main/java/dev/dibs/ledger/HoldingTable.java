package dev.dibs.ledger;

import dev.dibs.ids.TicketId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Holdings by sequence and by user, in primitive arrays. A holding is a row of nine longs in a page; pages are only
 * made for sequences that are held, and never copied. Users are found by open addressing over the rows themselves; the
 * tickets of one user are chained from the newest to the oldest.
 */
final class HoldingTable {
    private static final int PAGE_BITS = 10;
    private static final int PAGE_ROWS = 1 << PAGE_BITS;
    private static final int ROW = 9;
    private static final int TICKET = 0;
    private static final int EPOCH = 2;
    private static final int USER = 3;
    private static final int REQUEST = 5;
    private static final int GRABBED_AT = 7;
    /** Use in the low byte (0: nobody holds the sequence), above it the user's next older sequence plus one. */
    private static final int STATUS = 8;

    private static final Holding.Use[] USES = Holding.Use.values();

    private long[][] pages = new long[0][];
    /** Newest sequence plus one of each user; 0 is empty. Its length is a power of two, at most half full. */
    private int[] users = new int[64];

    private int userCount;
    private int size;

    int size() {
        return size;
    }

    Holding get(int sequence) {
        int page = sequence >>> PAGE_BITS;
        if (page >= pages.length || pages[page] == null) {
            return null;
        }
        long[] rows = pages[page];
        int row = (sequence & (PAGE_ROWS - 1)) * ROW;
        if ((rows[row + STATUS] & 0xff) == 0) {
            return null;
        }
        return new Holding(
                sequence,
                new TicketId(new UUID(rows[row + TICKET], rows[row + TICKET + 1])),
                rows[row + EPOCH],
                new Fingerprint(rows[row + USER], rows[row + USER + 1]),
                new Fingerprint(rows[row + REQUEST], rows[row + REQUEST + 1]),
                rows[row + GRABBED_AT],
                USES[(int) (rows[row + STATUS] & 0xff) - 1]);
    }

    void put(Holding holding) {
        if (2 * (userCount + 1) > users.length) {
            rehash();
        }
        int sequence = holding.sequence();
        long[] rows = pageOf(sequence);
        int row = (sequence & (PAGE_ROWS - 1)) * ROW;
        int slot = slot(users, holding.user());
        int older = users[slot];
        rows[row + TICKET] = holding.ticketId().value().getMostSignificantBits();
        rows[row + TICKET + 1] = holding.ticketId().value().getLeastSignificantBits();
        rows[row + EPOCH] = holding.epoch();
        rows[row + USER] = holding.user().high();
        rows[row + USER + 1] = holding.user().low();
        rows[row + REQUEST] = holding.request().high();
        rows[row + REQUEST + 1] = holding.request().low();
        rows[row + GRABBED_AT] = holding.grabbedAt();
        rows[row + STATUS] = ((long) older << 8) | (holding.use().ordinal() + 1);
        users[slot] = sequence + 1;
        if (older == 0) {
            userCount++;
        }
        size++;
    }

    void use(int sequence, Holding.Use use) {
        long[] rows = pages[sequence >>> PAGE_BITS];
        int status = (sequence & (PAGE_ROWS - 1)) * ROW + STATUS;
        rows[status] = (rows[status] & ~0xffL) | (use.ordinal() + 1);
    }

    /** How many pages there are to look through. */
    int pages() {
        return pages.length;
    }

    /** The holding of this ticket in one page, or null. */
    Holding find(TicketId ticketId, int page) {
        long[] rows = pages[page];
        if (rows == null) {
            return null;
        }
        long high = ticketId.value().getMostSignificantBits();
        long low = ticketId.value().getLeastSignificantBits();
        for (int row = 0; row < rows.length; row += ROW) {
            if (rows[row + TICKET] == high && rows[row + TICKET + 1] == low && (rows[row + STATUS] & 0xff) != 0) {
                return get((page << PAGE_BITS) + row / ROW);
            }
        }
        return null;
    }

    int count(Fingerprint user) {
        int count = 0;
        for (int next = users[slot(users, user)]; next != 0; next = older(next - 1)) {
            count++;
        }
        return count;
    }

    /** Oldest first. */
    List<Holding> of(Fingerprint user) {
        int next = users[slot(users, user)];
        if (next == 0) {
            return List.of();
        }
        List<Holding> found = new ArrayList<>(2);
        for (; next != 0; next = older(next - 1)) {
            found.add(get(next - 1));
        }
        Collections.reverse(found);
        return found;
    }

    private int older(int sequence) {
        return (int) (pages[sequence >>> PAGE_BITS][(sequence & (PAGE_ROWS - 1)) * ROW + STATUS] >>> 8);
    }

    private long[] pageOf(int sequence) {
        int page = sequence >>> PAGE_BITS;
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length * 2));
        }
        if (pages[page] == null) {
            pages[page] = new long[PAGE_ROWS * ROW];
        }
        return pages[page];
    }

    /** Where this user stands or would stand. */
    private int slot(int[] table, Fingerprint user) {
        int mask = table.length - 1;
        // The bits of a fingerprint are as good as random; no further mixing is needed.
        int slot = (int) user.low() & mask;
        while (table[slot] != 0 && !isOf(table[slot] - 1, user)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isOf(int sequence, Fingerprint user) {
        long[] rows = pages[sequence >>> PAGE_BITS];
        int row = (sequence & (PAGE_ROWS - 1)) * ROW;
        return rows[row + USER] == user.high() && rows[row + USER + 1] == user.low();
    }

    private void rehash() {
        int[] larger = new int[users.length * 2];
        for (int next : users) {
            if (next != 0) {
                long[] rows = pages[(next - 1) >>> PAGE_BITS];
                int row = ((next - 1) & (PAGE_ROWS - 1)) * ROW;
                larger[slot(larger, new Fingerprint(rows[row + USER], rows[row + USER + 1]))] = next;
            }
        }
        users = larger;
    }
}
