package dev.dibs.chaos.history;

import java.util.List;

/** How many wait to learn what has become of a grab, and for how long. Not safe for use by several threads. */
final class PendingGrabs {
    private final Waits waits = new Waits();
    private long longest;
    private long answers;

    void note(Exchange exchange) {
        boolean asks = exchange.operation() == Operation.GRAB || exchange.operation() == Operation.RESULT;
        if (asks && exchange.ret() == Exchange.PENDING) {
            answers++;
        }
        for (Waits.Wait over : waits.see(exchange)) {
            longest = Math.max(longest, exchange.answeredAt() - over.since());
        }
    }

    long answers() {
        return answers;
    }

    int waiting() {
        return waits.all().size();
    }

    /** What this buyer waits for, the oldest first. */
    List<Waits.Wait> of(String activity, String user) {
        return waits.of(new Waits.Buyer(activity, user));
    }

    /** @param now epoch milliseconds */
    long longestMillis(long now) {
        return waits.all().stream().mapToLong(wait -> now - wait.since()).reduce(longest, Math::max);
    }
}
