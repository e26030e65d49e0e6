package dev.dibs.chaos.check;

import dev.dibs.chaos.check.Confirmations.Confirmation;
import dev.dibs.chaos.check.Fold.Redemption;
import dev.dibs.chaos.history.DoorNote;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Operation;
import java.util.HashMap;
import java.util.Map;

/**
 * What the gates were told: one press lets the holder of a ticket in, the log says by which gate and when, and everybody
 * else is told the same. Nobody who holds a ticket is turned away as a stranger.
 */
final class DoorCheck implements HistoryCheck {
    private static final long GRACE_MILLIS = VisibleCheck.OTHER_INSTANCE.toMillis();

    private final Fold fold;
    private final Confirmations confirmations;
    private final Violations violations;
    /** The press that let the holder of each ticket in. */
    private final Map<String, String> letIn = new HashMap<>();

    /** @param confirmations has seen the whole history before */
    DoorCheck(Fold fold, Confirmations confirmations, Violations violations) {
        this.fold = fold;
        this.confirmations = confirmations;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        if (exchange.operation() != Operation.REDEEM) {
            return;
        }
        DoorNote note = DoorNote.parse(exchange.note());
        if (note.isRedeemed()) {
            compare(exchange, note);
        }
        if (note.isLetIn()) {
            once(exchange, note);
        }
        if (isTurnedAway(note)) {
            turnedAway(exchange, note);
        }
    }

    private void compare(Exchange exchange, DoorNote note) {
        Redemption redemption = fold.redemption(exchange.activity(), exchange.expected());
        boolean sameGate = redemption != null
                && redemption.gate().equals(note.gate())
                && (!note.isLetIn() || note.by().equals(redemption.gate()));
        if (!sameGate || redemption.at() != note.at()) {
            report(
                    exchange,
                    "gate %s was told of ticket %s: %s, by %s at %d; the log says %s",
                    note.by(),
                    exchange.expected(),
                    note.kind(),
                    note.gate(),
                    note.at(),
                    redemption == null ? "nothing of it" : "by " + redemption.gate() + " at " + redemption.at());
        }
    }

    private void once(Exchange exchange, DoorNote note) {
        String first = letIn.putIfAbsent(exchange.expected(), exchange.request());
        if (first != null && !first.equals(exchange.request())) {
            report(
                    exchange,
                    "ticket %s let somebody in at %s by '%s', and before that by '%s'",
                    exchange.expected(),
                    note.by(),
                    exchange.request(),
                    first);
        }
    }

    private static boolean isTurnedAway(DoorNote note) {
        return switch (note.kind()) {
            case "unknown-code", "not-issued", "already-revoked", "other-activity", "not-valid" -> true;
            default -> false;
        };
    }

    /** An instance that is behind does not know the newest tickets yet. */
    private void turnedAway(Exchange exchange, DoorNote note) {
        Confirmation confirmation = confirmations.of(exchange.expected());
        if (confirmation != null && exchange.at() - confirmation.at() > GRACE_MILLIS) {
            report(
                    exchange,
                    "the holder of ticket %s, confirmed %d ms before, was turned away at gate %s by instance %d: %s",
                    exchange.expected(),
                    exchange.at() - confirmation.at(),
                    note.by(),
                    exchange.api(),
                    note.kind());
        }
    }

    private void report(Exchange exchange, String sentence, Object... args) {
        violations.add(Promise.REDEEMED, exchange.activity(), "", Violation.NONE, sentence, args);
    }
}
