package dev.dibs.api.recovery;

import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.ActivityAccount;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Has Redis mended for those who come again and again, grabs and the relay. An activity that cannot be helped would keep
 * recovery's few threads from all others: after a failure it is left alone for a while, in which whoever asks is told of
 * that failure at once.
 */
public final class Repair {
    /**
     * An activity that could not be reconciled is left alone for as long as the attempt took, within these bounds: what
     * fails at once costs nobody anything and, in a fail-over, may soon succeed; what waits for a server is dear.
     */
    private static final long LEAST_PAUSE = Duration.ofSeconds(1).toNanos();

    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();

    /** An epoch is replaced no sooner than this after the one before: where that does not help, doing it again does not. */
    private static final long BETWEEN_EPOCHS = Duration.ofSeconds(5).toNanos();

    private final Reconciler reconciler;
    private final Renewal renewal;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<ActivityId, Run> repairs = new ConcurrentHashMap<>();
    private final ConcurrentMap<ActivityId, Run> renewals = new ConcurrentHashMap<>();

    /** Opens an epoch in the place of one in which Redis contradicts the ledger. */
    public interface Renewal {
        CompletableFuture<Void> replace(ActivityId activityId, long epoch);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    public Repair(Reconciler reconciler, Renewal renewal, LongSupplier nanoTime) {
        this.reconciler = reconciler;
        this.renewal = renewal;
        this.nanoTime = nanoTime;
    }

    /**
     * Has the activity reconciled, together with all who ask meanwhile.
     *
     * @return as {@link Reconciler#reconcile}; has failed already within the pause after a failure
     */
    public CompletableFuture<Void> repair(ActivityId activityId) {
        return repairs.compute(
                        activityId,
                        (id, latest) -> latest != null && (latest.isUnderWay() || latest.isPausedAfter(nanoTime))
                                ? latest
                                : new Run(ActivityAccount.NO_EPOCH, reconciler.reconcile(id), nanoTime))
                .done;
    }

    /**
     * Has a new epoch opened, for in this one the keys contradict the ledger although their state does not show it: a part
     * of them is lost.
     *
     * @return completes once there is an epoch behind this one; exceptionally where it cannot be opened, or the epoch
     *     before was replaced a moment ago, too
     */
    public CompletableFuture<Void> replace(ActivityId activityId, long epoch) {
        Run run = renewals.compute(
                activityId,
                (id, latest) -> latest != null
                                && (latest.isUnderWay() || latest.hasReplaced(epoch) || latest.isRecent(nanoTime))
                        ? latest
                        : new Run(epoch, renewal.replace(id, epoch), nanoTime));
        if (run.isUnderWay() || run.hasReplaced(epoch) || run.done.isCompletedExceptionally()) {
            return run.done;
        }
        return CompletableFuture.failedFuture(new RecoveryException("Redis contradicts the log in epoch " + epoch
                + " of activity " + activityId + ", and the epoch before was replaced for that only now. Something"
                + " removes keys: maxmemory-policy must be noeviction"));
    }

    private static final class Run {
        private final long epoch;
        private final CompletableFuture<Void> done;
        private final long begun;
        private volatile long ended;

        private Run(long epoch, CompletableFuture<Void> work, LongSupplier nanoTime) {
            this.epoch = epoch;
            this.begun = nanoTime.getAsLong();
            this.done = work.whenComplete((nothing, error) -> ended = nanoTime.getAsLong());
        }

        private boolean isUnderWay() {
            return !done.isDone();
        }

        private boolean isPausedAfter(LongSupplier nanoTime) {
            long pause = Math.min(LONGEST_PAUSE, Math.max(LEAST_PAUSE, ended - begun));
            return done.isCompletedExceptionally() && nanoTime.getAsLong() - ended < pause;
        }

        private boolean hasReplaced(long doubted) {
            return doubted <= epoch && done.isDone() && !done.isCompletedExceptionally();
        }

        private boolean isRecent(LongSupplier nanoTime) {
            return done.isDone() && nanoTime.getAsLong() - ended < BETWEEN_EPOCHS;
        }
    }
}
