package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.history.Told;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;

/** Every ticket in every answer is one that the log has granted to the user who asked, and has the code of its row. */
final class ConfirmedCheck implements HistoryCheck {
    private final Fold fold;
    private final ImportedCodes codes;
    private final Violations violations;

    /** @param codes has seen the whole history before */
    ConfirmedCheck(Fold fold, ImportedCodes codes, Violations violations) {
        this.fold = fold;
        this.codes = codes;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        if (exchange.confirms() && exchange.told().isEmpty()) {
            report(exchange, Violation.NONE, "request '%s' was answered ret 0 without a ticket", exchange.request());
        }
        for (Told told : exchange.told()) {
            check(exchange, told);
        }
    }

    private void check(Exchange exchange, Told told) {
        if (exchange.operation() != Operation.LIST && !told.activity().equals(exchange.activity())) {
            report(
                    exchange,
                    Violation.NONE,
                    "%s is expected to tell of this activity, but told of ticket %s of %s",
                    exchange.operation(),
                    told.ticket(),
                    told.activity());
            return;
        }
        Holding holding = fold.holding(told.activity(), exchange.user(), told.ticket());
        if (holding == null) {
            report(
                    exchange,
                    Violation.NONE,
                    "%s told of ticket %s (request '%s', ret %d), which the log has not granted to this user",
                    exchange.operation(),
                    told.ticket(),
                    exchange.request(),
                    exchange.ret());
            return;
        }
        String code = codes.code(told.activity(), holding.sequence());
        if (!told.code().equals(code)) {
            report(
                    exchange,
                    holding.sequence(),
                    "%s told ticket %s has code %s, expected is %s",
                    exchange.operation(),
                    told.ticket(),
                    told.code(),
                    code);
        }
        boolean isOtherRequest = exchange.confirms()
                && !exchange.request().isEmpty()
                && !holding.request().equals(Fingerprint.of(exchange.request()));
        if (isOtherRequest) {
            report(
                    exchange,
                    holding.sequence(),
                    "request '%s' was told of ticket %s, which the log has granted to another request",
                    exchange.request(),
                    told.ticket());
        }
    }

    private void report(Exchange exchange, int sequence, String sentence, Object... args) {
        violations.add(Promise.CONFIRMED, exchange.activity(), exchange.user(), sequence, sentence, args);
    }
}
