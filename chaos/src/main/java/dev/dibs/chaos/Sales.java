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
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(3);
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(3);

    private final WorkloadPlan plan;
    private volatile Workload workload;
    private List<String> drained = List.of();

    Sales(ChaosPlan plan) {
        this.plan =
                WorkloadPlan.lasting(plan.seed(), plan.whole(), plan.folder().resolve("workload"));
    }

    /** Begins, and returns while it goes on. */
    void start(Targets targets) {
        workload = Workload.start(targets, plan);
    }

    /** Sells what is left and waits until everybody has an answer, now that all is healed. */
    void drain() {
        drained = workload.drain(DRAINED_WITHIN);
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
        return new Checker(targets)
                .check(workload.history(), left, () -> workload.exportAll(DRAINED_WITHIN), QUIET_WITHIN);
    }

    @Override
    public void close() {
        if (workload != null) {
            workload.close();
        }
    }
}
