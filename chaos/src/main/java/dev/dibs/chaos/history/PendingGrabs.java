package dev.dibs.chaos.history;

import java.util.HashMap;
import java.util.Map;

/** Who waits since when to learn what has become of a grab. Not safe for use by several threads. */
final class PendingGrabs {
    private record Waiting(String activity, String user) {}

    private final Map<Waiting, Long> since = new HashMap<>();
    private long longest;
    private long answers;

    void note(Exchange exchange) {
        boolean asks = exchange.operation() == Operation.GRAB || exchange.operation() == Operation.RESULT;
        if (!asks) {
            return;
        }
        Waiting waiting = new Waiting(exchange.activity(), exchange.user());
        if (exchange.ret() == Exchange.PENDING) {
            answers++;
            // Who only looks, and has known the ticket for long, does not wait for it: the instance is behind.
            if (exchange.operation() == Operation.GRAB) {
                since.putIfAbsent(waiting, exchange.answeredAt());
            }
        } else if (settles(exchange)) {
            Long begun = since.remove(waiting);
            if (begun != null) {
                longest = Math.max(longest, exchange.answeredAt() - begun);
            }
        }
    }

    /** A refusal of another press says nothing of the claim that waits. */
    private static boolean settles(Exchange exchange) {
        return exchange.ret() == Exchange.SUCCESS
                || exchange.ret() == Exchange.ALREADY_TAKEN
                || (exchange.operation() == Operation.RESULT && exchange.ret() == Exchange.NOT_FOUND);
    }

    long answers() {
        return answers;
    }

    int waiting() {
        return since.size();
    }

    /** @param now epoch milliseconds */
    long longestMillis(long now) {
        return since.values().stream().mapToLong(begun -> now - begun).reduce(longest, Math::max);
    }
}
