package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Operation;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Where as many users came as there are codes, the log has granted all of them. */
final class SoldOutCheck implements HistoryCheck {
    private final Fold fold;
    private final Violations violations;
    private final Map<String, Set<String>> users = new TreeMap<>();

    SoldOutCheck(Fold fold, Violations violations) {
        this.fold = fold;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        if (exchange.operation() == Operation.GRAB) {
            users.computeIfAbsent(exchange.activity(), a -> new HashSet<>()).add(exchange.user());
        }
    }

    @Override
    public void finish() {
        users.forEach((activity, came) -> {
            MemoryActivityAccount account = fold.account(activity);
            if (account != null && account.remaining() > 0 && came.size() >= account.stock()) {
                report(activity, came.size(), account);
            }
        });
    }

    private void report(String activity, int came, MemoryActivityAccount account) {
        int first = IntStream.range(0, account.stock())
                .filter(sequence -> account.holding(sequence) == null)
                .findFirst()
                .orElse(Violation.NONE);
        violations.add(
                Promise.SOLD_OUT,
                activity,
                "",
                first,
                "%d users came for %d codes, so none is expected to be left, but %d are; this is the first",
                came,
                account.stock(),
                account.remaining());
    }
}
