package dev.dibs.api.recovery;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Recovery's few threads. Buyers wait for what can still be sold, so that goes first: after a loss of Redis a hundred sales
 * that are sold out would else keep it waiting for as long as they take, one after the other.
 */
final class RecoveryThreads implements AutoCloseable {
    private final AtomicLong tasks = new AtomicLong();
    private final ExecutorService threads;

    private record Task(boolean canSell, long number, Runnable work) implements Runnable, Comparable<Task> {
        private static final Comparator<Task> ORDER =
                Comparator.comparing(Task::canSell).reversed().thenComparingLong(Task::number);

        @Override
        public int compareTo(Task other) {
            return ORDER.compare(this, other);
        }

        @Override
        public void run() {
            work.run();
        }
    }

    RecoveryThreads(int count) {
        this.threads =
                new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "recovery");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * As {@link #execute}, but not before so much time has passed. No thread is held meanwhile.
     *
     * @param canSell whether there is something left that a buyer may wait for
     */
    void executeLater(Duration delay, boolean canSell, Runnable work) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, task -> execute(canSell, task))
                .execute(work);
    }

    /** @param canSell whether there is something left that a buyer may wait for */
    void execute(boolean canSell, Runnable work) {
        threads.execute(new Task(canSell, tasks.incrementAndGet(), work));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
