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
    private Throwable ended;

    /** The first offset of this partition that has not been folded yet. */
    public synchronized long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** The same, of all partitions. */
    public synchronized Map<Integer, Long> all() {
        return new TreeMap<>(next);
    }

    /**
     * Completes, on the tail's thread, once the record at this offset has been folded; exceptionally if the tail ends
     * before.
     */
    public synchronized CompletableFuture<Void> folded(int partition, long offset) {
        if (next(partition) > offset) {
            return CompletableFuture.completedFuture(null);
        }
        if (ended != null) {
            return CompletableFuture.failedFuture(ended);
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

    /** No position will advance any more. */
    void end(Throwable reason) {
        for (Waiter waiter : endAndTake(reason)) {
            waiter.reached.completeExceptionally(reason);
        }
    }

    private synchronized List<Waiter> endAndTake(Throwable reason) {
        ended = reason;
        List<Waiter> left = waiters.values().stream().flatMap(List::stream).toList();
        waiters.clear();
        return left;
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
