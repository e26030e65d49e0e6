package dev.dibs.chaos.workload;

import dev.dibs.chaos.Targets;
import dev.dibs.chaos.history.History;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A run in progress. */
public final class Workload implements AutoCloseable {
    private static final Duration FIRST_SALE = Duration.ofMinutes(2);
    private static final int ONLOOKERS = 2;
    private static final long LOOK_MILLIS = 100;

    private final WorkloadPlan plan;
    private final History history;
    private final Sales sales;
    private final BuyerCalls calls;
    private final Winners winners = new Winners();
    private final PendingPolls pending;
    private final Crowd crowd;
    private final Operator operator;
    private final Doorkeepers doorkeepers;
    private final List<Thread> helpers = new ArrayList<>();
    private volatile boolean begun;
    private volatile boolean over;

    private Workload(Targets targets, WorkloadPlan plan) {
        this.plan = plan;
        this.history = new History(plan.history());
        this.sales = new Sales(plan);
        Http http = new Http(targets.apis());
        this.calls = new BuyerCalls(http, history);
        this.pending = new PendingPolls(calls, winners);
        BuyerTokens tokens = new BuyerTokens(targets.tokenKey(), plan.duration().plus(Duration.ofHours(6)));
        this.crowd = new Crowd(plan, sales, calls, pending, winners, tokens);
        OperatorCalls operators = new OperatorCalls(http, history, targets.adminPassword());
        this.operator = new Operator(operators, () -> over);
        this.doorkeepers = new Doorkeepers(operators, winners, plan.seed(), () -> over);
    }

    /**
     * Opens the first sale, lets the first buyers in, and returns.
     *
     * @throws IllegalStateException where no sale could be opened within two minutes
     */
    public static Workload start(Targets targets, WorkloadPlan plan) {
        Workload workload = new Workload(targets, plan);
        try {
            workload.begin();
            return workload;
        } catch (RuntimeException e) {
            workload.close();
            throw e;
        }
    }

    private void begin() {
        Opener opener = new Opener(plan, sales, operator, () -> begun ? crowd.elapsed() : Duration.ZERO, () -> over);
        help("chaos-opener", opener);
        try {
            opener.firstIsOpen().get(FIRST_SALE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("No sale could be opened; see " + history.path(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        crowd.start();
        begun = true;
        help("chaos-door", doorkeepers);
        help("chaos-meddling", new Meddling(sales, operator, plan, () -> over));
        for (int i = 0; i < ONLOOKERS; i++) {
            help("chaos-onlooker-" + i, new Onlookers(calls, winners, plan.seed() + i, () -> over));
        }
    }

    private void help(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        helpers.add(thread);
    }

    public History history() {
        return history;
    }

    /** Whether the plan's time is over. */
    public boolean isOver() {
        return begun && crowd.elapsed().compareTo(plan.duration()) >= 0;
    }

    /** Waits until the plan's time is over; {@link #drain} comes next. */
    public void awaitEnd() {
        while (!isOver() && Pause.ofMillis(LOOK_MILLIS)) {
            // Nothing to do meanwhile: the threads do it.
        }
    }

    /**
     * Ends the run: nobody new comes in, sales that are paused go on, what is unsold is sold, every request that got
     * an error is repeated, every buyer who was told to wait asks until there is an answer, and some who have won look at
     * their tickets at each instance. All faults should be mended by now.
     *
     * @param timeout for selling out, again for what is pending, and again for looking
     * @return what is not as it should be, a sentence each; the history is complete in any case
     */
    public List<String> drain(Duration timeout) {
        over = true;
        crowd.stop();
        helpers.forEach(Workload::join);
        List<String> left = new ArrayList<>();
        // The operator does not repeat any more; a sale that an earlier fault has left paused is resumed here.
        Operator closing = operator.untilDoneWithin(timeout);
        for (Sale sale : sales.published()) {
            if (sale.mayBePaused() && !closing.resume(sale)) {
                left.add(sale.id() + " could not be resumed");
            }
        }
        left.addAll(doorkeepers.settle(timeout));
        new Sweep(crowd, calls)
                .sellOut(sales.published(), timeout)
                .forEach(sale -> left.add(sale.id() + " does not say that it is sold out"));
        int open = new LastCalls(crowd, calls, pending).settle(history, sales.published(), timeout);
        if (open > 0) {
            left.add(open + " requests got an error, and were never granted or refused");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        while (pending.waiting() > 0 && System.nanoTime() - deadline < 0 && Pause.ofMillis(LOOK_MILLIS)) {
            // The polls go on by themselves.
        }
        if (pending.waiting() > 0) {
            left.add(pending.waiting() + " buyers were told to wait, and still are");
        }
        pending.close();
        new LastLooks(calls, winners).look(timeout);
        return left;
    }

    private static void join(Thread helper) {
        try {
            helper.join(Duration.ofMinutes(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Exports the results of every sale, for the checker.
     *
     * @return the files by activity; a sale that could not be exported is missing
     */
    public Map<String, Path> exportAll(Duration timeout) {
        Operator closing = operator.untilDoneWithin(timeout);
        Map<String, Path> files = new TreeMap<>();
        for (Sale sale : sales.published()) {
            Path file = plan.folder().resolve("results").resolve(sale.id() + ".csv");
            if (closing.exportAtLast(sale, file)) {
                files.put(sale.id(), file);
            }
        }
        return files;
    }

    /** Stops everything without draining; the history can still be read. */
    @Override
    public void close() {
        over = true;
        crowd.stop();
        helpers.forEach(Thread::interrupt);
        helpers.forEach(Workload::join);
        pending.close();
        doorkeepers.close();
        history.close();
    }
}
