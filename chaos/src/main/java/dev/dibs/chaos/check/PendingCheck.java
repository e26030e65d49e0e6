package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.history.Waits;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Who was told to wait is told in the end of a ticket or of nothing; and who was told of nothing holds nothing. */
final class PendingCheck implements HistoryCheck {
    private static final String NAMELESS = "";

    /** What a buyer pressed, by requestId, and was told. */
    private static final class Story {
        private final Set<String> requests = new HashSet<>(2);
        private final Set<String> pending = new HashSet<>(2);
        /** Of those nobody can say whether a claim still comes. */
        private final Set<String> unsure = new HashSet<>(2);

        /** Of those he was told that there is nothing, and has not been told to wait again. */
        private final Set<String> denied = new HashSet<>(2);

        private final Set<String> tickets = new HashSet<>(2);
    }

    private final Fold fold;
    private final Violations violations;
    private final Waits waits = new Waits();
    private final Map<Waits.Buyer, Story> stories = new LinkedHashMap<>();

    PendingCheck(Fold fold, Violations violations) {
        this.fold = fold;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        waits.see(exchange);
        Waits.Buyer buyer = new Waits.Buyer(exchange.activity(), exchange.user());
        if (exchange.operation() == Operation.GRAB) {
            grab(stories.computeIfAbsent(buyer, b -> new Story()), exchange);
        }
        Story story = stories.get(buyer);
        if (story == null) {
            return;
        }
        exchange.told().forEach(told -> story.tickets.add(told.ticket()));
        if (exchange.operation() == Operation.RESULT && exchange.ret() == Exchange.NOT_FOUND) {
            story.denied.addAll(story.pending);
        }
    }

    private static void grab(Story story, Exchange exchange) {
        story.requests.add(exchange.request());
        if (exchange.ret() == Exchange.PENDING) {
            story.denied.remove(exchange.request());
            story.pending.add(exchange.request());
        } else if (exchange.isError()) {
            // This request's claim may be made or found valid after all others have been answered.
            story.unsure.add(exchange.request());
        }
    }

    @Override
    public void finish() {
        for (Waits.Buyer buyer : waits.buyers()) {
            violations.add(
                    Promise.PENDING,
                    buyer.activity(),
                    buyer.user(),
                    Violation.NONE,
                    "told to wait (requests %s), and never told of a ticket or of nothing",
                    waits.of(buyer).stream().map(Waits.Wait::request).toList());
        }
        stories.forEach((buyer, story) -> {
            if (!story.denied.isEmpty()) {
                checkNothing(buyer, story);
            }
        });
    }

    private void checkNothing(Waits.Buyer buyer, Story story) {
        MemoryActivityAccount account = fold.account(buyer.activity());
        if (account == null) {
            return;
        }
        Map<Fingerprint, String> names = new HashMap<>();
        story.requests.stream()
                .filter(request -> !request.isEmpty())
                .forEach(request -> names.put(Fingerprint.of(request), request));
        for (Holding holding : account.holdings(Fingerprint.of(buyer.user()))) {
            // A press without a name has one that the API has made up: it is nobody's whom the buyer has named.
            String request = names.getOrDefault(holding.request(), NAMELESS);
            boolean isUntold = !story.tickets.contains(holding.ticketId().toString());
            if (isUntold && story.denied.contains(request) && !story.unsure.contains(request)) {
                violations.add(
                        Promise.PENDING,
                        buyer.activity(),
                        buyer.user(),
                        holding.sequence(),
                        "told to wait (requests %s), then of nothing, but the log has granted ticket %s",
                        story.denied,
                        holding.ticketId());
            }
        }
    }
}
