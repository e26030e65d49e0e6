package dev.dibs.chaos.check;

import dev.dibs.chaos.history.History;
import dev.dibs.ledger.MemoryLedgerState;
import java.util.List;

/** What clients were told, against a ledger that a test has in memory. */
public final class ClientsAgainstState {
    private ClientsAgainstState() {}

    /** The violations, one a line. */
    public static List<String> violations(History history, MemoryLedgerState state) {
        Violations violations = new Violations();
        new HistoryChecks(new Fold(state), violations).run(history::forEach);
        return violations.all().stream().map(Violation::toString).toList();
    }
}
