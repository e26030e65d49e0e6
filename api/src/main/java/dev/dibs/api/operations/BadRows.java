package dev.dibs.api.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts all bad rows and remembers what is wrong with the first of them. */
public final class BadRows {
    static final int LISTED = 100;

    /** Of one row. A row of codes has two columns, but a header can name as many as fit into a line. */
    static final int LISTED_FAULTS = 10;

    private final List<BadRow> first = new ArrayList<>();
    private long count;
    private long last = -1;
    private int faultsOfLast;

    /** Rows come in their order. Several faults of one row come one after the other, and count as one bad row. */
    public void add(long row, String column, String message) {
        if (row != last) {
            count++;
            last = row;
            faultsOfLast = 0;
        }
        if (count <= LISTED && ++faultsOfLast <= LISTED_FAULTS) {
            first.add(new BadRow(row, column, message));
        }
    }

    /** @param others bad rows of the same file, and none of these */
    void addAll(BadRows others) {
        count += others.count;
        first.addAll(others.first);
        first.sort(Comparator.comparingLong(BadRow::row));
        first.stream()
                .mapToLong(BadRow::row)
                .distinct()
                .skip(LISTED)
                .findFirst()
                .ifPresent(tooFar -> first.removeIf(bad -> bad.row() >= tooFar));
    }

    /** How many rows are bad. */
    public long count() {
        return count;
    }

    /** What is wrong with the first hundred of them, by row. */
    public List<BadRow> first() {
        return List.copyOf(first);
    }
}
