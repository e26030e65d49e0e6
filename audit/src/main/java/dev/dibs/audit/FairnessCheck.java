package dev.dibs.audit;

import dev.dibs.measures.Fairness;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * G6: who was overtaken, counted from the log with all winners at hand, is what the statistics say that have seen one
 * after the other. Statistics that have not measured every winner (they began in the middle of the sale, or somebody came
 * too late for them) say so themselves, and can only be too low.
 */
final class FairnessCheck {
    private final AuditedActivity activity;
    private final Fairness found;
    private final Findings findings;

    FairnessCheck(AuditedActivity activity, Fairness found, Findings findings) {
        this.activity = activity;
        this.found = found;
        this.findings = findings;
    }

    void run() {
        long winners = activity.tally().valid();
        if (found.measured() + found.unplaced() > winners) {
            report("%d winners are in the order, but there are %d", found.measured() + found.unplaced(), winners);
            return;
        }
        boolean all = found.measured() == winners;
        long overtaken = overtaken();
        if (found.overtaken() > overtaken || all && found.overtaken() < overtaken) {
            report("overtaken is expected to be %d in the order, but is %d", overtaken, found.overtaken());
        }
    }

    private void report(String sentence, Object... args) {
        findings.add(Check.STATISTICS, activity.id(), sentence, args);
    }

    /** In the order of giving out: by epoch, then by sequence. */
    private long overtaken() {
        Map<Long, IntArrayList> epochs = new TreeMap<>();
        IntStream sequences = activity.grants().sequences().stream();
        sequences.forEach(sequence -> epochs.computeIfAbsent(
                        activity.account().holding(sequence).epoch(), epoch -> new IntArrayList())
                .add(sequence));
        LongArrayList arrivals = new LongArrayList();
        epochs.values()
                .forEach(epoch -> epoch.forEach((int sequence) -> {
                    Grant grant = activity.grants().get(sequence);
                    arrivals.add(Math.min(grant.requestedAt(), grant.grabbedAt()));
                }));
        long latest = Long.MIN_VALUE;
        long overtaken = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            overtaken += arrivals.getLong(i) < latest ? 1 : 0;
            latest = Math.max(latest, arrivals.getLong(i));
        }
        return overtaken;
    }
}
