package dev.dibs.chaos.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long AGAIN_MILLIS = 200;

    private final Crowd crowd;
    private final BuyerCalls calls;

    Sweep(Crowd crowd, BuyerCalls calls) {
        this.crowd = crowd;
        this.calls = calls;
    }

    /** @return the sales that are not sold out at the end of the time */
    List<Sale> sellOut(List<Sale> sales, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Sale> left = new ArrayList<>(sales);
            while (true) {
                left.removeIf(this::isSoldOut);
                if (left.isEmpty() || System.nanoTime() - deadline > 0) {
                    return left;
                }
                send(threads, left);
            }
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

    private void send(ExecutorService threads, List<Sale> left) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (Sale sale : left) {
            for (int i = 0; i < 4 * AT_ONCE; i++) {
                sent.add(threads.submit(() -> crowd.sweep(sale)));
            }
        }
        for (Future<?> buyer : sent) {
            try {
                buyer.get(2, TimeUnit.MINUTES);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException("A buyer did not come to an end", e);
            }
        }
        Pause.ofMillis(AGAIN_MILLIS);
    }
}
