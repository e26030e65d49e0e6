package dev.dibs.standalone.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What the buyers saw, and what of it contradicts itself. It knows nothing of the server but its answers, so that a
 * server that is wrong about everything is still found out.
 */
final class CrowdHistory {
    private static final int TOLD_VIOLATIONS = 50;
    private static final long LONGEST_MICROS = Duration.ofMinutes(2).toNanos() / 1_000;

    private final Map<String, String> ticketOfUser = new ConcurrentHashMap<>();
    private final Map<String, String> ticketOfRequest = new ConcurrentHashMap<>();
    private final Map<String, String> ownerOfTicket = new ConcurrentHashMap<>();
    private final Map<String, String> ticketOfCode = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final Set<String> unresolved = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger violationCount = new AtomicInteger();
    private final Histogram all = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final Histogram winners = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final AtomicLong firstGrab = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong lastGrant = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong lastAnswer = new AtomicLong(Long.MIN_VALUE);
    private final LongAdder requests = new LongAdder();
    private final LongAdder rushAnswers = new LongAdder();
    private final LongAdder lost = new LongAdder();

    /** A grab was answered. Times are {@link System#nanoTime()}. */
    void answered(Answer answer, long sent, long received) {
        requests.increment();
        answers.computeIfAbsent(answer.ret(), r -> new LongAdder()).increment();
        all.recordValue(Math.min(LONGEST_MICROS, (received - sent) / 1_000));
        if (answer.ret() != Answer.NOT_STARTED) {
            firstGrab.accumulateAndGet(sent, Math::min);
            lastAnswer.accumulateAndGet(received, Math::max);
            rushAnswers.increment();
        }
    }

    /** A grab got no answer at all. */
    void lost() {
        requests.increment();
        lost.increment();
    }

    /** A grab has ended as a ticket, at once or after having been pending. */
    void granted(Buyer buyer, String requestId, Answer answer, long sent, long received) {
        unresolved.remove(buyer.user());
        String ticket = answer.ticketId();
        if (ticket.isEmpty() || answer.code().isEmpty()) {
            violation("%s was answered ret 0 without a ticket id or without a code", buyer.user());
            return;
        }
        String sameRequest = ticketOfRequest.putIfAbsent(buyer.user() + " " + requestId, ticket);
        if (sameRequest != null && !sameRequest.equals(ticket)) {
            violation("%s got tickets %s and %s for the same requestId", buyer.user(), sameRequest, ticket);
        }
        String before = ticketOfUser.putIfAbsent(buyer.user(), ticket);
        if (before != null && !before.equals(ticket)) {
            violation("%s got two tickets, %s and %s", buyer.user(), before, ticket);
        }
        String owner = ownerOfTicket.putIfAbsent(ticket, buyer.user());
        if (owner != null && !owner.equals(buyer.user())) {
            violation("ticket %s went to %s and to %s", ticket, owner, buyer.user());
        }
        String other = ticketOfCode.putIfAbsent(answer.code(), ticket);
        if (other != null && !other.equals(ticket)) {
            violation("tickets %s and %s have the same code", other, ticket);
        }
        if (before == null) {
            winners.recordValue(Math.min(LONGEST_MICROS, (received - sent) / 1_000));
            lastGrant.accumulateAndGet(received, Math::max);
        }
    }

    /** A grab was still pending when the buyer gave up asking. */
    void stillPending(Buyer buyer) {
        unresolved.add(buyer.user());
    }

    /** A grab that was pending has ended as nothing. */
    void endedAsNothing(Buyer buyer) {
        unresolved.remove(buyer.user());
    }

    void violation(String sentence, Object... args) {
        if (violationCount.incrementAndGet() <= TOLD_VIOLATIONS) {
            violations.add("buyers: " + String.format(java.util.Locale.ROOT, sentence, args));
        }
    }

    /** The ticket a user holds as far as the answers say; null where there is none. */
    String ticketOf(Buyer buyer) {
        return ticketOfUser.get(buyer.user());
    }

    boolean isPending(Buyer buyer) {
        return unresolved.contains(buyer.user());
    }

    int confirmed() {
        return ownerOfTicket.size();
    }

    int distinctWinners() {
        return ticketOfUser.size();
    }

    int pending() {
        return unresolved.size();
    }

    /** All grabs that were sent. */
    long requests() {
        return requests.sum();
    }

    /** Grabs answered since the opening. */
    long rushAnswers() {
        return rushAnswers.sum();
    }

    long lostRequests() {
        return lost.sum();
    }

    /** How often each {@code ret} was answered to a grab. */
    Map<Integer, Long> answers() {
        Map<Integer, Long> counts = new TreeMap<>(java.util.Comparator.reverseOrder());
        answers.forEach((ret, count) -> counts.put(ret, count.sum()));
        return counts;
    }

    Histogram latencies() {
        return all;
    }

    Histogram winnersLatencies() {
        return winners;
    }

    /** From the first grab after the opening to the last one that was granted; zero where none was. */
    Duration sellOut() {
        return between(firstGrab.get(), lastGrant.get());
    }

    /** From the first grab after the opening to the last answer. */
    Duration rush() {
        return between(firstGrab.get(), lastAnswer.get());
    }

    List<String> violations() {
        List<String> told = new ArrayList<>(violations);
        if (violationCount.get() > TOLD_VIOLATIONS) {
            told.add("buyers: and " + (violationCount.get() - TOLD_VIOLATIONS) + " more");
        }
        return told;
    }

    private static Duration between(long from, long to) {
        return from == Long.MAX_VALUE || to < from ? Duration.ZERO : Duration.ofNanos(to - from);
    }
}
