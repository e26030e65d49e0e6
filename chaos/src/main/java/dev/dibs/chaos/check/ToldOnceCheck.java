package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Told;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The clients' stories do not contradict each other: this check asks neither the log nor any server. */
final class ToldOnceCheck implements HistoryCheck {
    private record Request(String activity, String user, String request) {}

    private record Member(String activity, String user) {}

    private final Fold limits;
    private final Violations violations;
    private final Map<Request, String> ticketOfRequest = new HashMap<>();
    private final Map<String, String> ownerOfTicket = new HashMap<>();
    private final Map<String, String> codeOfTicket = new HashMap<>();
    private final Map<String, String> ticketOfCode = new HashMap<>();
    private final Map<Member, Set<String>> ticketsOfUser = new HashMap<>();

    /** @param limits only for how many tickets a user may hold */
    ToldOnceCheck(Fold limits, Violations violations) {
        this.limits = limits;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        for (Told told : exchange.told()) {
            sameRequest(exchange, told);
            oneOwner(exchange, told);
            limit(exchange, told);
        }
    }

    private void sameRequest(Exchange exchange, Told told) {
        if (!exchange.confirms() || exchange.request().isEmpty()) {
            return;
        }
        Request request = new Request(exchange.activity(), exchange.user(), exchange.request());
        String before = ticketOfRequest.putIfAbsent(request, told.ticket());
        if (before != null && !before.equals(told.ticket())) {
            report(
                    Promise.SAME_REQUEST,
                    exchange,
                    "request '%s' is expected to get ticket %s again, but got %s",
                    exchange.request(),
                    before,
                    told.ticket());
        }
    }

    private void oneOwner(Exchange exchange, Told told) {
        String owner = ownerOfTicket.putIfAbsent(told.ticket(), exchange.user());
        if (owner != null && !owner.equals(exchange.user())) {
            report(
                    Promise.ONE_OWNER,
                    exchange,
                    "ticket %s is expected to be of %s only, but this user was told of it as well",
                    told.ticket(),
                    owner);
        }
        if (told.code().isEmpty()) {
            return;
        }
        String code = codeOfTicket.putIfAbsent(told.ticket(), told.code());
        if (code != null && !code.equals(told.code())) {
            report(
                    Promise.ONE_OWNER,
                    exchange,
                    "ticket %s is expected to keep code %s, but was told with %s",
                    told.ticket(),
                    code,
                    told.code());
        }
        String ticket = ticketOfCode.putIfAbsent(told.code(), told.ticket());
        if (ticket != null && !ticket.equals(told.ticket())) {
            report(
                    Promise.ONE_OWNER,
                    exchange,
                    "code %s is expected to be of ticket %s only, but was told for %s as well",
                    told.code(),
                    ticket,
                    told.ticket());
        }
    }

    private void limit(Exchange exchange, Told told) {
        Set<String> tickets =
                ticketsOfUser.computeIfAbsent(new Member(told.activity(), exchange.user()), m -> new HashSet<>(2));
        MemoryActivityAccount account = limits.account(told.activity());
        if (tickets.add(told.ticket()) && account != null && tickets.size() > account.limitPerUser()) {
            report(
                    Promise.LIMIT,
                    exchange,
                    "at most %d tickets are expected, but ticket %s is number %d",
                    account.limitPerUser(),
                    told.ticket(),
                    tickets.size());
        }
    }

    private void report(Promise promise, Exchange exchange, String sentence, Object... args) {
        violations.add(promise, exchange.activity(), exchange.user(), Violation.NONE, sentence, args);
    }
}
