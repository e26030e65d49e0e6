package dev.dibs.audit;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Audits a system that may be selling. What is derived from the log goes on while it is read: a grab that comes after
 * the log was read to its end looks like a row too many. So it waits for quiet, audits, and looks whether it has stayed
 * quiet; if not, what was found may be nothing but that, and it tries again. What the log shows by itself stays true
 * whatever is written to it later, so that is told of a sale that never pauses as well.
 */
public final class LiveAudit {
    /** A sale that does not pause for so many audits will not for one more. */
    public static final int ATTEMPTS = 3;

    /** The first wait has shown how patient a wait must be; the others are for a pause in between. */
    private static final Duration MOST_AGAIN = Duration.ofSeconds(10);

    private final AuditSources sources;
    private final Supplier<AuditReport> audit;

    /**
     * What came of it.
     *
     * @param report of the last attempt
     * @param lagging what had not caught up before it, one sentence each
     * @param moved whether the log was written to meanwhile, so that of what the report complains about only {@code
     *     proven} counts; never where it complains about nothing
     * @param proven where the log moved, what every attempt has found in the log by itself, in the same words
     */
    public record Outcome(AuditReport report, List<String> lagging, boolean moved, List<Finding> proven) {
        public Outcome {
            lagging = List.copyOf(lagging);
            proven = List.copyOf(proven);
        }

        private Outcome after(Outcome earlier) {
            return new Outcome(
                    report,
                    lagging,
                    moved,
                    proven.stream().filter(earlier.proven::contains).toList());
        }

        /** Whether every promise is kept and everything has caught up. */
        public boolean holds() {
            return report.holds() && lagging.isEmpty();
        }
    }

    public LiveAudit(AuditSources sources) {
        this(sources, new Audit(sources)::run);
    }

    LiveAudit(AuditSources sources, Supplier<AuditReport> audit) {
        this.sources = sources;
        this.audit = audit;
    }

    /**
     * @param patience how long to wait until everything has caught up, see {@link Quiescence}
     * @throws AuditSourceException if something cannot be read; the message names it
     */
    public Outcome run(Duration patience) {
        try (LagWatch watch = new LagWatch(sources)) {
            Outcome outcome = attempt(watch, patience);
            Duration again = patience.compareTo(MOST_AGAIN) < 0 ? patience : MOST_AGAIN;
            for (int attempt = 1; attempt < ATTEMPTS && outcome.moved(); attempt++) {
                outcome = attempt(watch, again).after(outcome);
            }
            return outcome;
        }
    }

    private Outcome attempt(LagWatch watch, Duration patience) {
        List<String> lagging = Quiescence.await(watch, patience);
        Outcome still = new Outcome(audit.get(), lagging, false, List.of());
        return still.holds() || !watch.moved()
                ? still
                : new Outcome(still.report(), lagging, true, still.report().ofTheLog());
    }
}
