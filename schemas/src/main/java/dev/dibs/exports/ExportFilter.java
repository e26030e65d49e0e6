package dev.dibs.exports;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which of the tickets won an export lists.
 *
 * @param states as of the position of the export
 * @param fromSequence the first sequence
 * @param toSequence the first sequence behind the last
 * @param grabbedFrom epoch milliseconds, inclusive
 * @param grabbedTo epoch milliseconds, exclusive
 */
public record ExportFilter(
        Set<TicketState> states, int fromSequence, int toSequence, long grabbedFrom, long grabbedTo) {
    /** No end, of sequences and of times. */
    public static final int NO_SEQUENCE_END = Integer.MAX_VALUE;

    public static final long NO_TIME_END = Long.MAX_VALUE;

    private static final Set<TicketState> ALL = EnumSet.allOf(TicketState.class);

    /** Everything that was won. */
    public static final ExportFilter NONE = new ExportFilter(ALL, 0, NO_SEQUENCE_END, 0, NO_TIME_END);

    public ExportFilter {
        if (states == null || states.isEmpty()) {
            throw new IllegalArgumentException("a filter lets at least one state through");
        }
        if (fromSequence < 0 || toSequence < fromSequence) {
            throw new IllegalArgumentException("sequences must begin at 0 or above, and not end before they begin");
        }
        if (grabbedFrom < 0 || grabbedTo < grabbedFrom) {
            throw new IllegalArgumentException("times must be at least 0, and not end before they begin");
        }
        states = Set.copyOf(states);
    }

    /** Whether a ticket is listed. */
    public boolean matches(int sequence, long grabbedAt, TicketState state) {
        return sequence >= fromSequence
                && sequence < toSequence
                && grabbedAt >= grabbedFrom
                && grabbedAt < grabbedTo
                && states.contains(state);
    }

    boolean hasAllStates() {
        return states.containsAll(ALL);
    }
}
