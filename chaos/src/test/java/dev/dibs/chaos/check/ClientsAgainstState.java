package dev.dibs.chaos.check;

import dev.dibs.chaos.history.History;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import java.util.List;

/** What clients were told, against a ledger that a test has in memory. */
public final class ClientsAgainstState {
    private ClientsAgainstState() {}

    /**
     * The violations, one a line.
     *
     * @param redemptions that the log would call valid
     */
    public static List<String> violations(History history, MemoryLedgerState state, List<TicketRedeemed> redemptions) {
        Violations violations = new Violations();
        Fold fold = new Fold(state);
        redemptions.forEach(redemption -> fold.onVerdict(0, 0, redemption, Verdict.VALID));
        new HistoryChecks(fold, violations).run(history::forEach);
        return violations.all().stream().map(Violation::toString).toList();
    }
}
