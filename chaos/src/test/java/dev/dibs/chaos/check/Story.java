package dev.dibs.chaos.check;

import dev.dibs.chaos.history.DoorNote;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.ImportNote;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.history.Told;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A small run by hand: one sale of three codes, limit 1, and whatever clients a test lets come. The log is folded as it
 * is written; the history is what the clients say.
 */
final class Story {
    static final String ACTIVITY = "sale";
    static final String CODES = "code.sale.";
    static final int STOCK = 3;
    private static final String IMPORT = "import0";
    private static final int CREATED = 201;
    private static final int OK = 200;

    final List<Exchange> history = new ArrayList<>();
    final Fold fold;
    private final Ledger ledger;
    private long offset;
    private long epoch = 1;
    private long now = 1_000_000;

    Story() {
        MemoryLedgerState state = new MemoryLedgerState();
        ledger = new Ledger(state);
        fold = new Fold(state);
        operator(Operation.CREATE, "", CREATED, "");
        log(new StockAdded(
                UUID.randomUUID(),
                now,
                new ActivityId(ACTIVITY),
                0,
                STOCK,
                new TicketKind("standard"),
                new ImportId(IMPORT)));
        operator(Operation.IMPORT, IMPORT, OK, new ImportNote(CODES, STOCK, 0).text());
        log(new EpochOpened(UUID.randomUUID(), now, new ActivityId(ACTIVITY), "nonce", "fence", 1));
    }

    /** From now on buyers may have so many. */
    void limit(int limit) {
        epoch = offset;
        log(new EpochOpened(UUID.randomUUID(), now, new ActivityId(ACTIVITY), "nonce" + limit, "fence", limit));
    }

    /** The id of the ticket that this sequence has in every story. */
    static String ticket(int sequence) {
        return new UUID(7, sequence).toString();
    }

    Verdict log(TicketEvent event) {
        Verdict verdict = ledger.apply(offset, event);
        fold.onVerdict(0, offset++, event, verdict);
        return verdict;
    }

    /** Into the log only: nobody is told. */
    Verdict grabbed(String user, String request, int sequence) {
        return log(new TicketGrabbed(
                new ActivityId(ACTIVITY),
                epoch,
                sequence,
                TicketId.parse(ticket(sequence)),
                new UserId(user),
                new RequestId(request),
                now,
                now,
                new TicketKind("standard"),
                ""));
    }

    TicketRedeemed redemption(int sequence) {
        return new TicketRedeemed(
                UUID.randomUUID(), now, new ActivityId(ACTIVITY), TicketId.parse(ticket(sequence)), sequence, "north");
    }

    /** Into the history only: what a gate was told of the ticket of this sequence. */
    void pressed(String by, String request, int sequence, String kind, String gate, long at) {
        add(
                0,
                Operation.REDEEM,
                "",
                request,
                kind.equals(DoorNote.LET_IN) ? OK : 409,
                List.of(),
                ticket(sequence),
                new DoorNote(kind, by, gate, at).text());
    }

    /** Into the history only: a grab that was answered with a ticket. */
    Exchange told(String user, String request, int sequence) {
        return tell(Operation.GRAB, user, request, Exchange.SUCCESS, "", sequence);
    }

    /** A grab as it should be: in the log, and told. */
    void wins(String user, String request, int sequence) {
        if (grabbed(user, request, sequence) != Verdict.VALID) {
            throw new IllegalStateException("This grab should be valid");
        }
        told(user, request, sequence);
    }

    /** A grab that was answered without a ticket. */
    Exchange refused(String user, String request, int ret) {
        return add(0, Operation.GRAB, user, request, ret, List.of(), "", "");
    }

    /** @param sequences of the tickets in the answer */
    Exchange tell(Operation operation, String user, String request, int ret, String expected, int... sequences) {
        return tellAt(0, operation, user, request, ret, expected, sequences);
    }

    Exchange tellAt(
            int api, Operation operation, String user, String request, int ret, String expected, int... sequences) {
        List<Told> told = new ArrayList<>();
        for (int sequence : sequences) {
            told.add(new Told(ACTIVITY, ticket(sequence), CODES + sequence));
        }
        return add(api, operation, user, request, ret, told, expected, "");
    }

    /** A look at a ticket when there is no excuse any more; the sequences are those of the answer. */
    void looksOnceHealed(int api, Operation operation, String user, int ret, int expected, int... sequences) {
        tellAt(api, operation, user, "", ret, ticket(expected), sequences);
        doctor(e -> new Exchange(
                e.at(),
                e.took(),
                e.api(),
                e.operation(),
                e.activity(),
                e.user(),
                e.request(),
                e.ret(),
                e.told(),
                e.expected(),
                Exchange.ONCE_HEALED));
    }

    Exchange operator(Operation operation, String request, int status, String note) {
        return add(0, operation, "", request, status, List.of(), "", note);
    }

    void later(long millis) {
        now += millis;
    }

    /** Replaces what was added last. */
    void doctor(UnaryOperator<Exchange> change) {
        int last = history.size() - 1;
        history.set(last, change.apply(history.get(last)));
    }

    private Exchange add(
            int api,
            Operation operation,
            String user,
            String request,
            int ret,
            List<Told> told,
            String expected,
            String note) {
        Exchange exchange = new Exchange(now, 5, api, operation, ACTIVITY, user, request, ret, told, expected, note);
        history.add(exchange);
        now += 10;
        return exchange;
    }

    List<String> violations() {
        Violations violations = new Violations();
        new HistoryChecks(fold, violations).run(history::forEach);
        return violations.all().stream().map(Violation::toString).toList();
    }
}
