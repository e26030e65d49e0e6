package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** All that is checked of what the clients were told. */
final class HistoryChecks {
    /** Hands each exchange over, in the order of the answers; may be asked again. */
    interface Source {
        void forEach(Consumer<Exchange> each);
    }

    private final Fold fold;
    private final Violations violations;

    HistoryChecks(Fold fold, Violations violations) {
        this.fold = fold;
        this.violations = violations;
    }

    /** @return the activities of this run */
    Set<String> run(Source history) {
        // First what the others look things up in.
        ImportedCodes codes = new ImportedCodes(fold, violations);
        Confirmations confirmations = new Confirmations();
        through(history, List.of(codes, confirmations));
        through(
                history,
                List.of(
                        new ConfirmedCheck(fold, codes, violations),
                        new ToldOnceCheck(fold, violations),
                        new VisibleCheck(confirmations, violations),
                        new PendingCheck(fold, violations),
                        new RetriedCheck(fold, violations),
                        new SoldOutCheck(fold, violations),
                        new ExportCheck(fold, codes, confirmations, violations),
                        new DoorCheck(fold, confirmations, violations)));
        fold.checkRedemptions(codes.activities(), violations);
        return codes.activities();
    }

    private static void through(Source history, List<HistoryCheck> checks) {
        history.forEach(exchange -> checks.forEach(check -> check.see(exchange)));
        checks.forEach(HistoryCheck::finish);
    }
}
