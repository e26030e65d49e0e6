package dev.dibs.chaos.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Who was told to wait, and has not been told since what became of that grab. {@code /ticket/result} tells of a buyer's
 * latest ticket: one that he has known before he was told to wait says nothing of the grab that waits, which may be his
 * second. Not safe for use by several threads.
 */
public final class Waits {
    /** Somebody who wants tickets of an activity. */
    public record Buyer(String activity, String user) {}

    /**
     * @param request empty for a press without a requestId
     * @param since when the buyer was told so first, epoch milliseconds
     */
    public record Wait(String request, long since) {
        boolean isNameless() {
            return request.isEmpty();
        }
    }

    private final Map<Buyer, List<Wait>> waiting = new LinkedHashMap<>();
    private final Map<Buyer, List<String>> known = new HashMap<>();

    /**
     * @param exchange in the order of the answers
     * @return the waits that it has ended
     */
    public List<Wait> see(Exchange exchange) {
        boolean isGrab = exchange.operation() == Operation.GRAB;
        if (!isGrab && !exchange.operation().looksAtOwnTickets()) {
            return List.of();
        }
        Buyer buyer = new Buyer(exchange.activity(), exchange.user());
        boolean news = learn(buyer, exchange);
        if (isGrab && exchange.ret() == Exchange.PENDING) {
            begin(buyer, new Wait(exchange.request(), exchange.answeredAt()));
            return List.of();
        }
        if (isGrab) {
            return end(buyer, wait -> decides(exchange, wait));
        }
        if (exchange.operation() == Operation.RESULT && exchange.ret() == Exchange.NOT_FOUND) {
            return end(buyer, wait -> true);
        }
        return news ? end(buyer, isOneOf(of(buyer))) : List.of();
    }

    /** @return whether the answer has a ticket of this activity that the buyer had not known of */
    private boolean learn(Buyer buyer, Exchange exchange) {
        boolean news = false;
        for (Told told : exchange.told()) {
            List<String> tickets = known.getOrDefault(buyer, List.of());
            if (told.activity().equals(buyer.activity) && !tickets.contains(told.ticket())) {
                known.computeIfAbsent(buyer, b -> new ArrayList<>(1)).add(told.ticket());
                news = true;
            }
        }
        return news;
    }

    private void begin(Buyer buyer, Wait wait) {
        List<Wait> waits = waiting.computeIfAbsent(buyer, b -> new ArrayList<>(1));
        // Each press without a name is one of its own.
        if (wait.isNameless() || waits.stream().noneMatch(w -> w.request.equals(wait.request))) {
            waits.add(wait);
        }
    }

    private static boolean decides(Exchange grab, Wait wait) {
        if (!grab.isDecided()) {
            return false;
        }
        if (grab.ret() == Exchange.ALREADY_TAKEN) {
            // He has all that he can have, whichever of his grabs that was.
            return true;
        }
        if (!wait.isNameless()) {
            // A refusal of another press says nothing of the claim that waits.
            return grab.request().equals(wait.request);
        }
        // A ticket is the later press's own. Any other answer to one says that nothing is on its way for this buyer:
        // the
        // limit, which counts claims, is looked at first.
        return grab.ret() != Exchange.SUCCESS && grab.at() >= wait.since;
    }

    /** Which of them a ticket may be of when no request is named: the only one, or the oldest of those without a name. */
    private static Predicate<Wait> isOneOf(List<Wait> waits) {
        if (waits.size() == 1) {
            return wait -> true;
        }
        Wait oldest = waits.stream().filter(Wait::isNameless).findFirst().orElse(null);
        return wait -> wait == oldest;
    }

    private List<Wait> end(Buyer buyer, Predicate<Wait> ended) {
        List<Wait> waits = waiting.get(buyer);
        if (waits == null) {
            return List.of();
        }
        List<Wait> over = waits.stream().filter(ended).toList();
        waits.removeIf(ended);
        if (waits.isEmpty()) {
            waiting.remove(buyer);
        }
        return over;
    }

    /** What this buyer still waits for, the oldest first. */
    public List<Wait> of(Buyer buyer) {
        return List.copyOf(waiting.getOrDefault(buyer, List.of()));
    }

    /** Everybody who still waits. */
    public Collection<Buyer> buyers() {
        return List.copyOf(waiting.keySet());
    }

    Collection<Wait> all() {
        return waiting.values().stream().flatMap(List::stream).toList();
    }
}
