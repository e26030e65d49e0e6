package dev.dibs.chaos.history;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/** When the latest tickets were asked for and confirmed. Not safe for use by several threads. */
final class ConfirmedTimes {
    /** Some minutes of a run: who asks for a recovery time asks soon. */
    private static final int KEPT = 20_000;

    private record Times(long sent, long answered) {}

    private final ArrayDeque<Times> latest = new ArrayDeque<>();

    void add(long sent, long answered) {
        if (latest.size() == KEPT) {
            latest.removeFirst();
        }
        latest.addLast(new Times(sent, answered));
    }

    /** The earliest time at which a ticket was confirmed to somebody who had asked after this moment. */
    OptionalLong firstAfter(long moment) {
        return latest.stream()
                .filter(times -> times.sent > moment)
                .mapToLong(Times::answered)
                .min();
    }

    OptionalLong last() {
        return latest.stream().mapToLong(Times::answered).max();
    }
}
