package dev.dibs.chaos.check;

import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.tail.LedgerTail;
import dev.dibs.tail.LogListener;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The log as the ledger has folded it, and how often each ticket was redeemed. */
final class Fold implements LogListener {
    private record Ticket(ActivityId activity, TicketId ticket) {}

    /** Who redeemed a ticket, and when, epoch milliseconds. */
    record Redemption(String gate, long at) {}

    private final MemoryLedgerState state;
    private final Map<Ticket, Integer> redeemed = new HashMap<>();
    private final Map<Ticket, Integer> sequences = new HashMap<>();
    private final Map<Ticket, Redemption> redemptions = new HashMap<>();
    private long granted;
    private long duplicates;
    private long voided;
    private long undecodable;

    /** @param state that the verdicts are told of as they are folded into it */
    Fold(MemoryLedgerState state) {
        this.state = state;
    }

    /** Reads the log from its first record to where it ends now. */
    static Fold of(String kafka) {
        MemoryLedgerState state = new MemoryLedgerState();
        Fold fold = new Fold(state);
        Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        try (LedgerTail tail = new LedgerTail(settings, Map.of(), state, fold)) {
            tail.foldToEnd();
        }
        return fold;
    }

    @Override
    public void onVerdict(int partition, long offset, TicketEvent event, Verdict verdict) {
        if (verdict.isVoid()) {
            voided++;
        } else if (event instanceof TicketGrabbed && verdict == Verdict.DUPLICATE) {
            duplicates++;
        } else if (event instanceof TicketGrabbed) {
            granted++;
        } else if (event instanceof TicketRedeemed used) {
            Ticket ticket = new Ticket(used.activityId(), used.ticketId());
            redeemed.merge(ticket, 1, Integer::sum);
            sequences.put(ticket, used.sequence());
            redemptions.putIfAbsent(ticket, new Redemption(used.gate(), used.occurredAt()));
        }
    }

    @Override
    public void onUndecodable(int partition, long offset, byte[] key, byte[] value, String error) {
        undecodable++;
    }

    /** The account of this activity, or null where the log has nothing of it. */
    MemoryActivityAccount account(String activity) {
        try {
            return state.accountIfPresent(new ActivityId(activity));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What the log has granted under this ticket's id to this user, or null. */
    Holding holding(String activity, String user, String ticket) {
        MemoryActivityAccount account = account(activity);
        if (account == null) {
            return null;
        }
        for (Holding holding : account.holdings(Fingerprint.of(user))) {
            if (holding.ticketId().toString().equals(ticket)) {
                return holding;
            }
        }
        return null;
    }

    /** Who redeemed this ticket by the log, or null where nobody has. */
    Redemption redemption(String activity, String ticket) {
        try {
            return redemptions.get(new Ticket(new ActivityId(activity), TicketId.parse(ticket)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Reports each ticket of these activities that was validly redeemed more than once. */
    void checkRedemptions(Set<String> activities, Violations violations) {
        redeemed.forEach((ticket, times) -> {
            if (times > 1 && activities.contains(ticket.activity.value())) {
                violations.add(
                        Promise.REDEEMED,
                        ticket.activity.value(),
                        "",
                        sequences.get(ticket),
                        "ticket %s is expected to be redeemed once at most, but was %d times",
                        ticket.ticket,
                        times);
            }
        });
    }

    long granted() {
        return granted;
    }

    long duplicates() {
        return duplicates;
    }

    long voided() {
        return voided;
    }

    long undecodable() {
        return undecodable;
    }
}
