package dev.dibs.api.trail;

import dev.dibs.trail.TrailEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A trail in memory that can be broken, or say nothing. */
final class MemoryTrail {
    static final int REFUSALS = 3;
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    final List<TrailEntry> entries = new CopyOnWriteArrayList<>();
    private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

    Trail trail(Clock clock) {
        return new Trail(this::append, "a1", clock, PATIENCE, new RefusalBudget(REFUSALS, PERIOD, clock));
    }

    void breaks() {
        answer = CompletableFuture.failedFuture(new IllegalStateException("no broker"));
    }

    void saysNothing() {
        answer = new CompletableFuture<>();
    }

    private CompletableFuture<Void> append(TrailEntry entry) {
        if (!answer.isCompletedExceptionally()) {
            entries.add(entry);
        }
        return answer;
    }
}
