package dev.dibs.chaos.workload;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets the buyers in when they are due, so many at a time as the plan says. */
final class Crowd {
    private static final Duration LAST_ONES = Duration.ofSeconds(60);

    private final WorkloadPlan plan;
    private final Sales sales;
    private final BuyerCalls calls;
    private final PendingPolls pending;
    private final Winners winners;
    private final BuyerTokens tokens;
    private final Arrivals arrivals;
    private final ExecutorService threads;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong sweepers = new AtomicLong();
    private volatile boolean stopped;
    private volatile long begun;

    Crowd(WorkloadPlan plan, Sales sales, BuyerCalls calls, PendingPolls pending, Winners winners, BuyerTokens tokens) {
        this.plan = plan;
        this.sales = sales;
        this.calls = calls;
        this.pending = pending;
        this.winners = winners;
        this.tokens = tokens;
        this.arrivals = new Arrivals(plan);
        this.threads = Executors.newFixedThreadPool(plan.concurrency(), task -> {
            Thread thread = new Thread(task, "chaos-buyer");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        begun = System.nanoTime();
        for (int i = 0; i < plan.concurrency(); i++) {
            threads.execute(this::letIn);
        }
    }

    private void letIn() {
        while (!stopped) {
            long buyer = next.getAndIncrement();
            if (buyer >= arrivals.buyers() || !waitFor(arrivals.due(buyer))) {
                return;
            }
            SplittableRandom dice = dice(buyer);
            serve("b" + buyer, sales.wanted(arrivals.slot(buyer), dice), dice);
        }
    }

    /** Dice of a buyer's own: who does what does not depend on which thread is quicker. */
    private SplittableRandom dice(long buyer) {
        return new SplittableRandom(plan.seed() * 1_000_003 + buyer);
    }

    private boolean waitFor(Duration due) {
        while (!stopped && elapsed().compareTo(plan.duration()) < 0) {
            Duration left = due.minus(elapsed());
            if (left.isNegative() || left.isZero()) {
                return true;
            }
            // In short steps, so that stopping takes no longer.
            if (!Pause.ofMillis(Math.min(100, left.toMillis() + 1))) {
                return false;
            }
        }
        return false;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void serve(String name, Sale sale, SplittableRandom dice) {
        new BuyerSession(calls, pending, winners, sale, shopper(name, sale), dice).run();
    }

    Shopper shopper(String name, Sale sale) {
        return shopperCalled("chaos-" + Long.toHexString(plan.seed()) + "-" + name, sale);
    }

    /** @param user with all of his name, as the history has it */
    Shopper shopperCalled(String user, Sale sale) {
        return new Shopper(user, tokens.of(user), sale.id(), sale.limit());
    }

    /** A buyer more, after the others, who takes what may be left. */
    void sweep(Sale sale) {
        long sweeper = sweepers.getAndIncrement();
        serve("s" + sweeper, sale, dice(-1 - sweeper));
    }

    /** Nobody new comes in; waits for those who are inside. */
    void stop() {
        stopped = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ONES.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
