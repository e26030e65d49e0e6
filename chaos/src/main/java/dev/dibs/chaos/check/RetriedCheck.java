package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.OpenRequests;
import dev.dibs.ledger.MemoryActivityAccount;

/**
 * Who got an error or no answer, and asked again with the same requestId, is granted or refused in the end. The workload
 * repeats what is open once all is healed; who asked once only is nobody's fault.
 */
final class RetriedCheck implements HistoryCheck {
    private static final int REPEATED = 2;

    private final Fold fold;
    private final Violations violations;
    private final OpenRequests requests = new OpenRequests();

    RetriedCheck(Fold fold, Violations violations) {
        this.fold = fold;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        requests.see(exchange);
    }

    @Override
    public void finish() {
        for (OpenRequests.Open open : requests.all()) {
            Exchange last = open.last();
            if (open.errors() >= REPEATED && isOpened(last.activity())) {
                violations.add(
                        Promise.RETRIED,
                        last.activity(),
                        last.user(),
                        Violation.NONE,
                        "request '%s' got %d errors, the last of them %d, and was never granted or refused",
                        last.request(),
                        open.errors(),
                        last.ret());
            }
        }
    }

    /** A sale that the end of the run forestalled can grant and refuse nothing. */
    private boolean isOpened(String activity) {
        MemoryActivityAccount account = fold.account(activity);
        return account != null && account.epoch() >= 0;
    }
}
