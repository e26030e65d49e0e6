package dev.dibs.api.verdict;

import dev.dibs.api.verdict.FactWriter.Judged;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeoutException;

/**
 * Who waits for the verdict of which event. All who wait for one event share one future; it fails with a
 * {@link TimeoutException} when no verdict has come in time. One sweep for all is cheaper than a timer for each.
 */
public final class PendingVerdicts {
    private record Pending(CompletableFuture<Judged> verdict, long deadline) {}

    private final ConcurrentMap<UUID, Pending> pending = new ConcurrentHashMap<>();

    /**
     * Completes on the thread that reads the log.
     *
     * @param timeout counts for the first who waits; whoever joins gets what is left of it
     */
    public CompletableFuture<Judged> await(UUID eventId, Duration timeout) {
        Pending known = pending.get(eventId);
        if (known == null) {
            known = pending.computeIfAbsent(
                    eventId, id -> new Pending(new CompletableFuture<>(), System.nanoTime() + timeout.toNanos()));
        }
        return known.verdict;
    }

    /** Whether somebody on this instance waits for this event already. */
    public boolean isAwaited(UUID eventId) {
        return pending.containsKey(eventId);
    }

    public int size() {
        return pending.size();
    }

    void judged(UUID eventId, Judged judged) {
        Pending waiting = pending.remove(eventId);
        if (waiting != null) {
            waiting.verdict.complete(judged);
        }
    }

    /**
     * The event is not known to be in the log, and who waits for it is told so. Whoever writes it again waits anew.
     *
     * @param verdict that somebody waited for
     */
    void failed(UUID eventId, CompletableFuture<Judged> verdict, Throwable error) {
        pending.computeIfPresent(eventId, (id, waiting) -> waiting.verdict == verdict ? null : waiting);
        verdict.completeExceptionally(error);
    }

    void sweep() {
        long now = System.nanoTime();
        pending.forEach((id, waiting) -> {
            // Only this very one: another may wait for the same event by now.
            if (now - waiting.deadline >= 0 && pending.remove(id, waiting)) {
                waiting.verdict.completeExceptionally(new TimeoutException("No verdict in time"));
            }
        });
    }
}
