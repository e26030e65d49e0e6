package dev.dibs.chaos.check;

import dev.dibs.chaos.check.Confirmations.Confirmation;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Operation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * After ret 0 the owner sees the ticket: at the instance that said so whatever fails, at any other a moment later, for an
 * instance may be cut off from the log. While something is broken he may be refused; but once all is healed whoever looks
 * again must see it, or an API that answers nothing but errors would have hidden nothing.
 */
final class VisibleCheck implements HistoryCheck {
    static final Duration OTHER_INSTANCE = Duration.ofSeconds(10);

    private final Confirmations confirmations;
    private final Violations violations;
    /** The latest look of each kind at each ticket at each instance, once all was healed. */
    private final Map<LastLook, Exchange> lastLooks = new LinkedHashMap<>();

    private record LastLook(int api, Operation operation, String ticket) {}

    /** @param confirmations has seen the whole history before */
    VisibleCheck(Confirmations confirmations, Violations violations) {
        this.confirmations = confirmations;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        if (exchange.note().startsWith(Exchange.ONCE_HEALED)) {
            lastLooks.put(new LastLook(exchange.api(), exchange.operation(), exchange.expected()), exchange);
        }
        Confirmation confirmation = exchange.expected().isEmpty() ? null : confirmations.of(exchange.expected());
        if (confirmation == null || !exchange.operation().looksAtOwnTickets()) {
            return;
        }
        long since = exchange.at() - confirmation.at();
        long grace = exchange.api() == confirmation.api() ? 0 : OTHER_INSTANCE.toMillis();
        if (since >= grace && isHidden(exchange, confirmation)) {
            violations.add(
                    Promise.VISIBLE,
                    exchange.activity(),
                    exchange.user(),
                    Violation.NONE,
                    "ticket %s, confirmed by instance %d, is expected in %s of instance %d %d ms later, but the answer is ret %d with %d tickets",
                    exchange.expected(),
                    confirmation.api(),
                    exchange.operation(),
                    exchange.api(),
                    since,
                    exchange.ret(),
                    exchange.told().size());
        }
    }

    @Override
    public void finish() {
        for (Exchange look : lastLooks.values()) {
            if (look.ret() != Exchange.SUCCESS || !tells(look)) {
                violations.add(
                        Promise.VISIBLE,
                        look.activity(),
                        look.user(),
                        Violation.NONE,
                        "ticket %s is expected in %s of instance %d once all is healed, but the answer is ret %d with %d tickets (%s)",
                        look.expected(),
                        look.operation(),
                        look.api(),
                        look.ret(),
                        look.told().size(),
                        look.note());
            }
        }
    }

    /** Who was refused for now was not told that there is nothing. */
    private static boolean isHidden(Exchange exchange, Confirmation confirmation) {
        return switch (exchange.operation()) {
            case LIST -> exchange.ret() == Exchange.SUCCESS && !tells(exchange);
            case DETAIL -> exchange.ret() == Exchange.NOT_FOUND;
            // It tells of the latest ticket, which may be another. An instance that was frozen and has not caught up
            // yet may ask for a moment's patience, but the one that has confirmed knows.
            case RESULT ->
                exchange.ret() == Exchange.NOT_FOUND
                        || (exchange.ret() == Exchange.PENDING && exchange.api() == confirmation.api());
            default -> false;
        };
    }

    private static boolean tells(Exchange exchange) {
        return exchange.told().stream().anyMatch(told -> told.ticket().equals(exchange.expected()));
    }
}
