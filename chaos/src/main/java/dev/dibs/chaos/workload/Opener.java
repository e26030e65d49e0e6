package dev.dibs.chaos.workload;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Sets up each sale two before its turn, so that there is always a fresh one. */
final class Opener implements Runnable {
    private static final int AHEAD = 2;
    private static final long LOOK_MILLIS = 100;

    private final WorkloadPlan plan;
    private final Sales sales;
    private final Operator operator;
    private final Supplier<Duration> elapsed;
    private final BooleanSupplier over;
    private final CompletableFuture<Void> firstIsOpen = new CompletableFuture<>();

    /** @param elapsed since the first buyer came; zero before */
    Opener(WorkloadPlan plan, Sales sales, Operator operator, Supplier<Duration> elapsed, BooleanSupplier over) {
        this.plan = plan;
        this.sales = sales;
        this.operator = operator;
        this.elapsed = elapsed;
        this.over = over;
    }

    CompletableFuture<Void> firstIsOpen() {
        return firstIsOpen;
    }

    @Override
    public void run() {
        for (int i = 0; i < plan.activities(); i++) {
            Duration due = plan.slot().multipliedBy(Math.max(0, i - AHEAD));
            while (i > AHEAD && elapsed.get().compareTo(due) < 0) {
                if (over.getAsBoolean() || !Pause.ofMillis(LOOK_MILLIS)) {
                    return;
                }
            }
            if (over.getAsBoolean() || !operator.open(sales.get(i), plan.codes())) {
                return;
            }
            firstIsOpen.complete(null);
        }
    }
}
