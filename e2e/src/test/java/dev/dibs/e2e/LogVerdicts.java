package dev.dibs.e2e;

import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.tail.LedgerTail;
import dev.dibs.tail.LogListener;
import java.util.EnumMap;
import java.util.Map;

/** What a ledger with all its rules says of the grabs in the log of a run. */
final class LogVerdicts implements LogListener {
    private static final long CLAIM_TIMEOUT_MILLIS = 1_000;

    private final Map<Verdict, Integer> grabs = new EnumMap<>(Verdict.class);
    private int late;

    static LogVerdicts of(String kafka) {
        LogVerdicts verdicts = new LogVerdicts();
        try (LedgerTail tail =
                new LedgerTail(Map.of("bootstrap.servers", kafka), Map.of(), new MemoryLedgerState(), verdicts)) {
            tail.foldToEnd();
        }
        return verdicts;
    }

    @Override
    public void onVerdict(int partition, long offset, TicketEvent event, Verdict verdict) {
        if (event instanceof TicketGrabbed grab) {
            grabs.merge(verdict, 1, Integer::sum);
            if (verdict == Verdict.VALID && grab.grabbedAt() - grab.requestedAt() > CLAIM_TIMEOUT_MILLIS) {
                late++;
            }
        }
    }

    int count(Verdict verdict) {
        return grabs.getOrDefault(verdict, 0);
    }

    /** Valid grabs that Redis made when whoever wanted them had been told by then that nothing was decided. */
    int late() {
        return late;
    }

    @Override
    public String toString() {
        return grabs + ", late " + late;
    }
}
