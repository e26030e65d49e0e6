package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Operation;
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
    private record Member(String activity, String user) {}

    private static final class Story {
        private final Set<String> pending = new HashSet<>(2);
        private final Set<String> tickets = new HashSet<>(2);
        private boolean waits;
        private boolean toldNothing;
        private boolean undecided;
    }

    private final Fold fold;
    private final Violations violations;
    private final Map<Member, Story> stories = new LinkedHashMap<>();
    /** Of all who ever grabbed, those with a grab of which nobody can say whether it still comes. */
    private final Map<Member, Boolean> undecided = new HashMap<>();

    PendingCheck(Fold fold, Violations violations) {
        this.fold = fold;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        Member member = new Member(exchange.activity(), exchange.user());
        if (exchange.operation() == Operation.GRAB) {
            grab(member, exchange);
        }
        Story story = stories.get(member);
        if (story == null) {
            return;
        }
        exchange.told().forEach(told -> story.tickets.add(told.ticket()));
        if (exchange.operation() == Operation.RESULT
                && (exchange.ret() == Exchange.SUCCESS || exchange.ret() == Exchange.NOT_FOUND)) {
            story.waits = false;
            story.toldNothing = exchange.ret() == Exchange.NOT_FOUND;
        } else if (exchange.operation() == Operation.GRAB
                && (exchange.ret() == Exchange.SUCCESS || exchange.ret() == Exchange.ALREADY_TAKEN)) {
            story.waits = false;
        }
    }

    private void grab(Member member, Exchange exchange) {
        if (exchange.ret() == Exchange.PENDING) {
            Story story = stories.computeIfAbsent(member, m -> new Story());
            story.waits = true;
            story.toldNothing = false;
            story.pending.add(exchange.request());
        } else if (exchange.ret() == Exchange.NO_ANSWER || exchange.ret() == Exchange.UNAVAILABLE) {
            // Its claim may be made or found valid after all others have been answered.
            undecided.put(member, true);
        }
    }

    @Override
    public void finish() {
        stories.forEach((member, story) -> {
            story.undecided = undecided.containsKey(member);
            if (story.waits) {
                report(
                        member,
                        Violation.NONE,
                        "told to wait (requests %s), and never told of a ticket or of nothing",
                        story);
            } else if (story.toldNothing && !story.undecided) {
                checkNothing(member, story);
            }
        });
    }

    private void checkNothing(Member member, Story story) {
        MemoryActivityAccount account = fold.account(member.activity);
        if (account == null) {
            return;
        }
        for (Holding holding : account.holdings(Fingerprint.of(member.user))) {
            boolean wasPending = story.pending.stream()
                    .anyMatch(request -> Fingerprint.of(request).equals(holding.request()));
            if (wasPending && !story.tickets.contains(holding.ticketId().toString())) {
                report(
                        member,
                        holding.sequence(),
                        "told to wait (requests %s), then of nothing, but the log has granted ticket "
                                + holding.ticketId(),
                        story);
            }
        }
    }

    private void report(Member member, int sequence, String sentence, Story story) {
        violations.add(Promise.PENDING, member.activity, member.user, sequence, sentence, story.pending);
    }
}
