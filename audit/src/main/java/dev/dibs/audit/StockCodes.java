package dev.dibs.audit;

import dev.dibs.ledger.Fingerprint;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;
import java.util.BitSet;

/** Fingerprints of the codes of one activity's stock by sequence: 16 bytes instead of a string, and no secret. */
final class StockCodes {
    private final BitSet known = new BitSet();
    private long[] high = new long[256];
    private long[] low = new long[256];

    void put(int sequence, Fingerprint code) {
        if (sequence >= high.length) {
            int length = Math.max(sequence + 1, high.length + (high.length >> 1));
            high = Arrays.copyOf(high, length);
            low = Arrays.copyOf(low, length);
        }
        known.set(sequence);
        high[sequence] = code.high();
        low[sequence] = code.low();
    }

    /** The code's fingerprint, or null where the code is missing. */
    Fingerprint get(int sequence) {
        return known.get(sequence) ? new Fingerprint(high[sequence], low[sequence]) : null;
    }

    boolean has(int sequence) {
        return known.get(sequence);
    }

    /** How many different codes these sequences have. */
    long distinct(BitSet sequences) {
        LongOpenHashSet different = new LongOpenHashSet();
        sequences.stream().filter(known::get).forEach(sequence -> different.add(low[sequence]));
        return different.size();
    }
}
