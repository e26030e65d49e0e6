package dev.dibs.standalone.report;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The latest counts of each second, in columns of numbers: about 90 bytes a second, at most {@link #MAX} of them. Not
 * for several threads.
 */
final class Seconds {
    /** Six days of a sale in which no second passes without a grab. */
    static final int MAX = 1 << 19;

    private static final int COLUMNS = 6;
    private static final int FIRST_ROWS = 1_024;

    private final Long2IntOpenHashMap rows = new Long2IntOpenHashMap();
    private final int max;
    private long[][] columns = new long[COLUMNS][FIRST_ROWS];
    private boolean tooMany;

    Seconds() {
        this(MAX);
    }

    Seconds(int max) {
        this.max = max;
        rows.defaultReturnValue(-1);
    }

    /** A later record of the same second takes the place of the earlier one. */
    void put(CountedSecond counted) {
        int row = rows.get(counted.second());
        if (row < 0) {
            if (rows.size() == max) {
                tooMany = true;
                return;
            }
            row = rows.size();
            rows.put(counted.second(), row);
            if (row == columns[0].length) {
                for (int i = 0; i < COLUMNS; i++) {
                    columns[i] = Arrays.copyOf(columns[i], Math.min(max, 2 * row));
                }
            }
        }
        columns[0][row] = counted.granted();
        columns[1][row] = counted.redeemed();
        columns[2][row] = counted.requests();
        columns[3][row] = counted.refused();
        columns[4][row] = counted.stockAdded();
        columns[5][row] = counted.remaining();
    }

    /** Whether seconds were left out because there were more than can be held. */
    boolean hasTooMany() {
        return tooMany;
    }

    int size() {
        return rows.size();
    }

    /** From the earliest to the latest. */
    void forEach(Consumer<CountedSecond> each) {
        long[] order = rows.keySet().toLongArray();
        Arrays.sort(order);
        for (long second : order) {
            int row = rows.get(second);
            each.accept(new CountedSecond(
                    second,
                    columns[0][row],
                    columns[1][row],
                    columns[2][row],
                    columns[3][row],
                    columns[4][row],
                    columns[5][row]));
        }
    }
}
