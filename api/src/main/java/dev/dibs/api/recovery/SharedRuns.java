package dev.dibs.api.recovery;

import dev.dibs.ids.ActivityId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs of work on activities: one at a time for each activity, and those who ask while it is under way share the next. A
 * run may leave off where it has to wait, and holds no thread until it goes on.
 */
final class SharedRuns {
    private static final Logger log = LoggerFactory.getLogger(SharedRuns.class);
    private static final Duration LEAVES_OFF_FOR = Duration.ofMillis(50);

    private final RecoveryThreads threads;
    private final Predicate<ActivityId> canSell;
    private final Function<ActivityId, Run> begin;
    private final ConcurrentMap<ActivityId, Asked> asked = new ConcurrentHashMap<>();

    /** One run, which has begun. */
    @FunctionalInterface
    interface Run {
        /** Goes on; false where it has left off, and this is to be called again in a moment. */
        boolean goOn();
    }

    /** The run under way, and the one that those who came since then share. */
    private record Asked(CompletableFuture<Void> current, CompletableFuture<Void> next) {}

    /**
     * @param canSell whether there is something left of the activity that a buyer may wait for
     * @param begin begins a run; called when its turn has come
     */
    SharedRuns(RecoveryThreads threads, Predicate<ActivityId> canSell, Function<ActivityId, Run> begin) {
        this.threads = threads;
        this.canSell = canSell;
        this.begin = begin;
    }

    /** @return completes when a run has ended that began after this call; exceptionally where that run failed */
    CompletableFuture<Void> ask(ActivityId activityId) {
        CompletableFuture<Void> fresh = new CompletableFuture<>();
        Asked now = asked.compute(activityId, (id, known) -> {
            if (known == null) {
                return new Asked(fresh, null);
            }
            return known.next != null ? known : new Asked(known.current, fresh);
        });
        if (now.current == fresh) {
            enqueue(activityId, fresh);
            return fresh;
        }
        return now.next;
    }

    private void enqueue(ActivityId activityId, CompletableFuture<Void> done) {
        threads.execute(canSell.test(activityId), () -> run(activityId, done, null));
    }

    /** @param begun null where it has not begun yet */
    private void run(ActivityId activityId, CompletableFuture<Void> done, Run begun) {
        boolean goesOn = false;
        try {
            Run run = begun == null ? begin.apply(activityId) : begun;
            goesOn = !run.goOn();
            if (goesOn) {
                threads.executeLater(LEAVES_OFF_FOR, canSell.test(activityId), () -> run(activityId, done, run));
            } else {
                done.complete(null);
            }
        } catch (RuntimeException | Error e) {
            log.warn("Redis could not be reconciled with the log; activityId={} error={}", activityId, e.toString());
            goesOn = false;
            done.completeExceptionally(e);
            if (e instanceof Error error) {
                throw error;
            }
        } finally {
            if (!goesOn) {
                next(activityId);
            }
        }
    }

    private void next(ActivityId activityId) {
        Asked left = asked.compute(activityId, (id, known) -> known.next == null ? null : new Asked(known.next, null));
        if (left != null) {
            enqueue(activityId, left.current);
        }
    }
}
