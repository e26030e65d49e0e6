package dev.dibs.audit;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.TicketKind;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.pseudonyms.Pseudonyms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The valid grabs of an activity. What the ledger does not keep of them stands here in columns by sequence, about 50
 * bytes a grab, so that a million of them can be compared in every field.
 */
final class Grants {
    private static final int INITIAL = 256;

    private final MemoryActivityAccount account;
    private final Pseudonyms pseudonyms;
    private final BitSet granted = new BitSet();
    private final List<TicketKind> kinds = new ArrayList<>();
    private final Map<TicketKind, Integer> kindNumbers = new HashMap<>();
    private long[] requestedAt = new long[INITIAL];
    private long[] offset = new long[INITIAL];
    private long[] usedAt = new long[INITIAL];
    private long[] usedOffset = new long[INITIAL];
    private long[] address = new long[INITIAL];
    /** Empty where they are not compared. */
    private long[] pseudonym;

    private short[] kind = new short[INITIAL];
    private int partition;
    private long firstGrabbedAt = Long.MAX_VALUE;
    private long lastGrabbedAt = Long.MIN_VALUE;

    /** @param pseudonyms null where they are not compared */
    Grants(MemoryActivityAccount account, Pseudonyms pseudonyms) {
        this.account = account;
        this.pseudonyms = pseudonyms;
        this.pseudonym = new long[pseudonyms == null ? 0 : INITIAL];
    }

    void add(int logPartition, long logOffset, TicketGrabbed grab) {
        int sequence = grab.sequence();
        ensure(sequence);
        granted.set(sequence);
        partition = logPartition;
        firstGrabbedAt = Math.min(firstGrabbedAt, grab.grabbedAt());
        lastGrabbedAt = Math.max(lastGrabbedAt, grab.grabbedAt());
        requestedAt[sequence] = grab.requestedAt();
        offset[sequence] = logOffset;
        address[sequence] = hashOf(grab.addressHash());
        if (pseudonyms != null) {
            pseudonym[sequence] = hashOf(pseudonyms.of(grab.userId()));
        }
        kind[sequence] = (short) (int) kindNumbers.computeIfAbsent(grab.ticketKind(), added -> {
            kinds.add(added);
            return kinds.size() - 1;
        });
    }

    /** Notes when a ticket was redeemed or revoked. */
    void used(int sequence, long at, long logOffset) {
        ensure(sequence);
        usedAt[sequence] = at;
        usedOffset[sequence] = logOffset;
    }

    /** What is kept of a text that is only compared. */
    static long hashOf(String text) {
        return Fingerprint.of(text).low();
    }

    /** Whether a row's name for the buyer is the one of the buyer of this valid grab; true where no key is at hand. */
    boolean isPseudonym(int sequence, String found) {
        return pseudonyms == null || pseudonym[sequence] == hashOf(found);
    }

    boolean comparesPseudonyms() {
        return pseudonyms != null;
    }

    /** The valid grab of this sequence, or null where there is none. */
    Grant get(long sequence) {
        if (!has(sequence)) {
            return null;
        }
        int s = (int) sequence;
        Holding holding = account.holding(s);
        return new Grant(
                s,
                holding.ticketId(),
                holding.epoch(),
                holding.user(),
                holding.request(),
                requestedAt[s],
                holding.grabbedAt(),
                kinds.get(kind[s]),
                address[s],
                partition,
                offset[s],
                holding.use(),
                usedAt[s],
                usedOffset[s]);
    }

    boolean has(long sequence) {
        return sequence >= 0 && sequence <= Integer.MAX_VALUE && granted.get((int) sequence);
    }

    /** The smallest time of a grab in epoch milliseconds; 0 before the first. */
    long firstGrabbedAt() {
        return granted.isEmpty() ? 0 : firstGrabbedAt;
    }

    /** The greatest time of a grab in epoch milliseconds; 0 before the first. */
    long lastGrabbedAt() {
        return granted.isEmpty() ? 0 : lastGrabbedAt;
    }

    /** Whether the ticket of this sequence, which has a valid grab, was redeemed or revoked. */
    boolean isUsed(int sequence) {
        return account.holding(sequence).use() != Holding.Use.UNUSED;
    }

    int size() {
        return granted.cardinality();
    }

    /** The sequences of the valid grabs; not to be changed. */
    BitSet sequences() {
        return granted;
    }

    private void ensure(int sequence) {
        if (sequence >= offset.length) {
            int length = Math.max(sequence + 1, offset.length + (offset.length >> 1));
            requestedAt = Arrays.copyOf(requestedAt, length);
            offset = Arrays.copyOf(offset, length);
            usedAt = Arrays.copyOf(usedAt, length);
            usedOffset = Arrays.copyOf(usedOffset, length);
            address = Arrays.copyOf(address, length);
            pseudonym = pseudonyms == null ? pseudonym : Arrays.copyOf(pseudonym, length);
            kind = Arrays.copyOf(kind, length);
        }
    }
}
