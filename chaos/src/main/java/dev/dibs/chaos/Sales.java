package dev.dibs.chaos;

import dev.dibs.chaos.check.CheckReport;
import dev.dibs.chaos.check.Checker;
import dev.dibs.chaos.history.Figures;
import dev.dibs.chaos.workload.Workload;
import dev.dibs.chaos.workload.WorkloadPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The workload of a run, from its first buyer to what the checker says of it. */
final class Sales implements AutoCloseable {
    private final WorkloadPlan plan;
    private final Duration patience;
    private volatile Workload workload;
    private List<String> drained = List.of();

    /** @param patience for each thing that is waited for once all is healed */
    Sales(ChaosPlan plan, Duration patience) {
        this.patience = patience;
        this.plan =
                WorkloadPlan.lasting(plan.seed(), plan.whole(), plan.folder().resolve("workload"));
    }

    /** Begins, and returns while it goes on. */
    void start(Targets targets) {
        workload = Workload.start(targets, plan);
    }

    /** Sells what is left and waits until everybody has an answer, now that all is healed. */
    void drain() {
        drained = workload.drain(patience);
    }

    Figures figures() {
        return workload.history().figures();
    }

    /** How it went between two moments, epoch milliseconds. */
    Phase phase(long from, long to) {
        return Phase.of(workload.history(), from, to);
    }

    /** What the history says against it, a sentence each. */
    List<String> check(ReadsGoOn reads) {
        return reads.check(workload.history());
    }

    CheckReport check(Targets targets) {
        List<String> left = new ArrayList<>(drained);
        return new Checker(targets).check(workload.history(), left, () -> workload.exportAll(patience), patience);
    }

    @Override
    public void close() {
        if (workload != null) {
            workload.close();
        }
    }
}
