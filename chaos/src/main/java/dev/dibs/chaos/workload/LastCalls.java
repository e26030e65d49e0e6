package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.History;
import dev.dibs.chaos.history.OpenRequests;
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
 * Repeats, once all is healed, every request that got an error or no answer and that its buyer has given up since: an
 * error that a retry of the same requestId does not cure is no error but a loss.
 */
final class LastCalls {
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long AGAIN_MILLIS = 200;

    private final Crowd crowd;
    private final BuyerCalls calls;
    private final PendingPolls pending;

    LastCalls(Crowd crowd, BuyerCalls calls, PendingPolls pending) {
        this.crowd = crowd;
        this.calls = calls;
        this.pending = pending;
    }

    /** @return how many requests to these sales are still neither granted nor refused at the end of the time */
    int settle(History history, List<Sale> sales, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Callable<Boolean>> left = of(history, sales);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (int round = 0; !left.isEmpty() && System.nanoTime() - deadline < 0; round++) {
                Pause.ofMillis(Math.min(1, round) * AGAIN_MILLIS);
                List<Future<Boolean>> asked =
                        threads.invokeAll(left, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                List<Callable<Boolean>> again = new ArrayList<>();
                for (int i = 0; i < asked.size(); i++) {
                    if (!isDecided(asked.get(i))) {
                        again.add(left.get(i));
                    }
                }
                left = again;
            }
            return left.size();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return left.size();
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Callable<Boolean>> of(History history, List<Sale> sales) {
        OpenRequests requests = new OpenRequests();
        history.forEach(requests::see);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (OpenRequests.Open open : requests.all()) {
            sales.stream()
                    .filter(sale -> sale.id().equals(open.last().activity()))
                    .forEach(sale -> all.add(() -> ask(sale, open.last())));
        }
        return all;
    }

    /** At the other instance than the one that did not tell. */
    private boolean ask(Sale sale, Exchange last) {
        int api = (last.api() + 1) % calls.instances();
        Shopper shopper = crowd.shopperCalled(last.user(), sale);
        Exchange exchange =
                calls.grab(api, shopper, last.request(), false, PATIENCE).join();
        if (exchange.ret() == Exchange.PENDING) {
            pending.watch(shopper);
        }
        return exchange.isDecided();
    }

    private static boolean isDecided(Future<Boolean> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (CancellationException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A request could not be repeated", e.getCause());
        }
    }
}
