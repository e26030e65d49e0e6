package dev.dibs.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** For how long something that follows the log has been behind it, by where both are from time to time. */
final class Lag {
    private record End(long at, long offset) {}

    /** By partition, the ends of the log that have not been reached yet, oldest first. */
    private final Map<Integer, Deque<End>> ahead = new HashMap<>();

    private long longest;

    /**
     * Notes how things are.
     *
     * @param now milliseconds of any clock
     * @param ends where the log ends, by partition
     * @param positions up to where it has been followed, by partition; what is missing counts as the beginning
     */
    void look(long now, Map<Integer, Long> ends, Map<Integer, Long> positions) {
        ends.forEach((partition, end) -> {
            Deque<End> behind = ahead.computeIfAbsent(partition, p -> new ArrayDeque<>());
            if (behind.isEmpty() || behind.getLast().offset < end) {
                behind.add(new End(now, end));
            }
        });
        ahead.forEach((partition, behind) -> {
            long position = positions.getOrDefault(partition, 0L);
            while (!behind.isEmpty() && behind.getFirst().offset <= position) {
                behind.removeFirst();
            }
            if (!behind.isEmpty()) {
                longest = Math.max(longest, now - behind.getFirst().at);
            }
        });
    }

    Duration longest() {
        return Duration.ofMillis(longest);
    }
}
