package dev.dibs.chaos.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends buyers until every sale says that it is sold out: after a fault there may be codes that nobody had come for
 * any more. What then is still unsold is stranded.
 */
final class Sweep {
    private static final int AT_ONCE = 8;
    private static final int SALES_AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long AGAIN_MILLIS = 200;

    private final Crowd crowd;
    private final BuyerCalls calls;

    Sweep(Crowd crowd, BuyerCalls calls) {
        this.crowd = crowd;
        this.calls = calls;
    }

    /**
     * A few sales at a time. On a machine that has other work a crowd may leave dozens behind.
     *
     * @param timeout from one sale that is sold out to the next
     * @return the sales that are not sold out at the end of the time
     */
    List<Sale> sellOut(List<Sale> sales, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Sale> left = new ArrayList<>(sales);
            while (!left.isEmpty()) {
                List<Sale> some = left.subList(0, Math.min(SALES_AT_ONCE, left.size()));
                if (some.removeIf(this::isSoldOut)) {
                    deadline = System.nanoTime() + timeout.toNanos();
                } else if (System.nanoTime() - deadline > 0) {
                    return left;
                } else {
                    send(threads, some, deadline - System.nanoTime());
                }
            }
            return left;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return sales;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Every instance has to say so: one may lag behind. */
    private boolean isSoldOut(Sale sale) {
        Shopper anybody = crowd.shopper("sweep", sale);
        for (int api = 0; api < calls.instances(); api++) {
            if (!calls.isSoldOut(api, anybody, PATIENCE)) {
                return false;
            }
        }
        return true;
    }

    private void send(ExecutorService threads, List<Sale> left, long nanos) throws InterruptedException {
        List<Callable<Void>> buyers = new ArrayList<>();
        for (Sale sale : left) {
            for (int i = 0; i < 4 * AT_ONCE; i++) {
                buyers.add(() -> {
                    crowd.sweep(sale);
                    return null;
                });
            }
        }
        for (Future<Void> buyer : threads.invokeAll(buyers, nanos, TimeUnit.NANOSECONDS)) {
            rethrowFailure(buyer);
        }
        Pause.ofMillis(AGAIN_MILLIS);
    }

    /** A buyer who was sent home when the time was over has not failed. */
    private static void rethrowFailure(Future<Void> buyer) throws InterruptedException {
        try {
            buyer.get();
        } catch (CancellationException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A buyer came to grief", e.getCause());
        }
    }
}
