package dev.dibs.api.verdict;

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
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** The real ledger over a log in memory, for tests that ask it questions. */
public final class MemoryLedgerView implements LedgerView {
    private static final TicketKind KIND = new TicketKind("standard");

    private final MemoryLedgerState state = new MemoryLedgerState();
    private final Ledger ledger = new Ledger(state);
    private final UsedTickets used = new UsedTickets();
    private final Set<ActivityId> activities = new HashSet<>();
    private long nextOffset;
    private final Queue<TicketEvent> unread = new ArrayDeque<>();
    private boolean reading = true;
    private boolean readable = true;
    private boolean caughtUp = true;
    private boolean failed;

    public void open(ActivityId activityId, int stock, int limitPerUser) {
        append(new StockAdded(UUID.randomUUID(), 0, activityId, 0, stock, KIND, new ImportId("import")));
        append(new EpochOpened(UUID.randomUUID(), 0, activityId, "nonce", "fence", limitPerUser));
    }

    public TicketId grab(ActivityId activityId, int sequence, UserId userId, long grabbedAt) {
        TicketId ticketId = new TicketId(UUID.randomUUID());
        long epoch = state.account(activityId).epoch();
        append(new TicketGrabbed(
                activityId,
                epoch,
                sequence,
                ticketId,
                userId,
                new RequestId("r" + sequence),
                grabbedAt,
                grabbedAt,
                KIND,
                ""));
        return ticketId;
    }

    public void redeem(ActivityId activityId, int sequence, TicketId ticketId) {
        append(new TicketRedeemed(UUID.randomUUID(), 0, activityId, ticketId, sequence, "gate 1"));
    }

    private void append(TicketEvent event) {
        if (reading) {
            fold(event);
        } else {
            unread.add(event);
        }
    }

    private void fold(TicketEvent event) {
        activities.add(event.activityId());
        Verdict verdict = ledger.apply(nextOffset++, event);
        used.note(event, verdict);
        if (!verdict.equals(Verdict.VALID)) {
            throw new IllegalStateException(event + " is " + verdict);
        }
    }

    /** What comes into the log from now on is only read by {@link #readThrough()}. */
    public void standStill() {
        reading = false;
    }

    /** As where the brokers do not answer. */
    public void loseSight() {
        standStill();
        readable = false;
    }

    public void fallBehind() {
        caughtUp = false;
    }

    public void fail() {
        caughtUp = false;
        failed = true;
    }

    public void release(ActivityId activityId) {
        activities.remove(activityId);
        state.release(activityId);
    }

    @Override
    public boolean isReleased(ActivityId activityId) {
        return state.isReleased(activityId);
    }

    @Override
    public MemoryActivityAccount account(ActivityId activityId) {
        return state.accountIfPresent(activityId);
    }

    @Override
    public List<LiveTicket> ticketsOf(Fingerprint user) {
        List<LiveTicket> tickets = new ArrayList<>();
        for (ActivityId activity : activities) {
            state.account(activity).holdings(user).forEach(holding -> tickets.add(new LiveTicket(activity, holding)));
        }
        tickets.sort(
                Comparator.comparingLong((LiveTicket ticket) -> ticket.holding().grabbedAt())
                        .reversed());
        return tickets;
    }

    @Override
    public LiveTicket find(TicketId ticketId) {
        for (ActivityId activity : activities) {
            Holding holding = state.account(activity).find(ticketId);
            if (holding != null) {
                return new LiveTicket(activity, holding);
            }
        }
        return null;
    }

    @Override
    public TicketUse use(ActivityId activityId, int sequence) {
        return used.find(activityId, sequence);
    }

    @Override
    public int partitionOf(ActivityId activityId) {
        return 0;
    }

    @Override
    public Map<Integer, Long> positions() {
        return Map.of(0, nextOffset);
    }

    @Override
    public boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public CompletableFuture<Void> readThrough() {
        if (!readable) {
            return CompletableFuture.failedFuture(new TimeoutException("no broker answers"));
        }
        for (TicketEvent event = unread.poll(); event != null; event = unread.poll()) {
            fold(event);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean hasFailed() {
        return failed;
    }
}
