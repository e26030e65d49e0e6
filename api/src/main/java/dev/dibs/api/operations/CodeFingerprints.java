package dev.dibs.api.operations;

import dev.dibs.ledger.Fingerprint;
import it.unimi.dsi.fastutil.ints.Int2IntOpenCustomHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntHash;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.HexFormat;

/**
 * The fingerprints of a file's sound codes in their order, with the line of each: about 40 bytes a code, so that a
 * million of them fit where a million texts would not.
 */
final class CodeFingerprints {
    private static final HexFormat HEX = HexFormat.of();
    private static final int NONE = -1;

    private final LongArrayList high = new LongArrayList();
    private final LongArrayList low = new LongArrayList();
    private final IntArrayList lines = new IntArrayList();
    private final Int2IntOpenCustomHashMap lineByIndex = new Int2IntOpenCustomHashMap(new ByFingerprint());

    CodeFingerprints() {
        lineByIndex.defaultReturnValue(NONE);
    }

    /** Adds a code; returns the line of the same code if it is there already, else -1. */
    int add(String code, int line) {
        Fingerprint fingerprint = Fingerprint.of(code);
        int index = lines.size();
        high.add(fingerprint.high());
        low.add(fingerprint.low());
        lines.add(line);
        int earlier = lineByIndex.putIfAbsent(index, line);
        if (earlier != NONE) {
            high.removeLong(index);
            low.removeLong(index);
            lines.removeInt(index);
        }
        return earlier;
    }

    int size() {
        return lines.size();
    }

    int line(int index) {
        return lines.getInt(index);
    }

    /** 32 hexadecimal digits. */
    String text(int index) {
        return HEX.toHexDigits(high.getLong(index)) + HEX.toHexDigits(low.getLong(index));
    }

    private final class ByFingerprint implements IntHash.Strategy {
        @Override
        public int hashCode(int index) {
            // The bits of a fingerprint are as good as random.
            return (int) low.getLong(index);
        }

        @Override
        public boolean equals(int one, int other) {
            return low.getLong(one) == low.getLong(other) && high.getLong(one) == high.getLong(other);
        }
    }
}
