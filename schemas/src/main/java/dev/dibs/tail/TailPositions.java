package dev.dibs.tail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** How far a tail has folded each partition, and who waits for it to get further. */
public final class TailPositions {
    private record Waiter(long offset, CompletableFuture<Void> reached) {}

    private final Map<Integer, Long> next = new TreeMap<>();
    private final Map<Integer, List<Waiter>> waiters = new TreeMap<>();

    /** The first offset of this partition that has not been folded yet. */
    public synchronized long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** The same, of all partitions. */
    public synchronized Map<Integer, Long> all() {
        return new TreeMap<>(next);
    }

    /** Completes, on the tail's thread, once the record at this offset has been folded. */
    public synchronized CompletableFuture<Void> folded(int partition, long offset) {
        if (next(partition) > offset) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> reached = new CompletableFuture<>();
        waiters.computeIfAbsent(partition, p -> new ArrayList<>()).add(new Waiter(offset, reached));
        return reached;
    }

    void advance(int partition, long nextOffset) {
        for (Waiter waiter : advanceAndTake(partition, nextOffset)) {
            waiter.reached.complete(null);
        }
    }

    private synchronized List<Waiter> advanceAndTake(int partition, long nextOffset) {
        next.put(partition, nextOffset);
        List<Waiter> waiting = waiters.get(partition);
        if (waiting == null || waiting.isEmpty()) {
            return List.of();
        }
        List<Waiter> reached = new ArrayList<>();
        waiting.removeIf(w -> (w.offset < nextOffset || w.reached.isDone()) && reached.add(w));
        return reached;
    }
}
