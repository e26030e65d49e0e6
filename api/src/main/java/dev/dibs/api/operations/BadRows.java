package dev.dibs.api.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts all bad rows and remembers the first of them. */
public final class BadRows {
    static final int LISTED = 100;

    private final List<BadRow> first = new ArrayList<>();
    private long count;
    private long last = -1;

    /** Several faults of one row come one after the other, and count as one bad row. */
    public void add(long row, String column, String message) {
        if (row != last) {
            count++;
            last = row;
        }
        if (first.size() < LISTED) {
            first.add(new BadRow(row, column, message));
        }
    }

    void addAll(BadRows others) {
        count += others.count;
        first.addAll(others.first);
        first.sort(Comparator.comparingLong(BadRow::row));
        if (first.size() > LISTED) {
            first.subList(LISTED, first.size()).clear();
        }
    }

    public long count() {
        return count;
    }

    public List<BadRow> first() {
        return List.copyOf(first);
    }
}
