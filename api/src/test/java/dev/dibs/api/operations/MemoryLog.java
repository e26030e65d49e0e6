package dev.dibs.api.operations;

import dev.dibs.api.verdict.FactWriter;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.api.verdict.TicketUse;
import dev.dibs.api.verdict.UsedTickets;
import dev.dibs.events.TicketEvent;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** A log of one partition in memory, folded by the real ledger. */
public final class MemoryLog implements LedgerView, FactWriter {
    public static final int PARTITION = 0;

    /** What happens to the next fact. */
    public enum Fault {
        NONE,
        /** It never reaches the log, and nobody says so. */
        LOST,
        /** It reaches the log, and nobody says so. */
        UNCONFIRMED
    }

    private final MemoryLedgerState state = new MemoryLedgerState();
    private final Ledger ledger = new Ledger(state);
    private final UsedTickets used = new UsedTickets();
    private final List<TicketEvent> events = new ArrayList<>();
    private Fault fault = Fault.NONE;
    private Runnable justBefore = () -> {};
    private boolean caughtUp = true;

    public synchronized void next(Fault next) {
        fault = next;
    }

    /** Runs once, between the asking and the appending of the next fact. */
    public synchronized void justBeforeNext(Runnable action) {
        justBefore = action;
    }

    public synchronized void caughtUp(boolean now) {
        caughtUp = now;
    }

    /** Appends and folds. */
    public synchronized Judged append(TicketEvent event) {
        long offset = events.size();
        events.add(event);
        Verdict verdict = ledger.apply(offset, event);
        used.note(event, verdict);
        return new Judged(PARTITION, offset, verdict);
    }

    public synchronized List<TicketEvent> events() {
        return List.copyOf(events);
    }

    @Override
    public Mono<Judged> write(TicketEvent event) {
        return Mono.defer(() -> {
            Fault now;
            Runnable before;
            synchronized (this) {
                now = fault;
                before = justBefore;
                fault = Fault.NONE;
                justBefore = () -> {};
            }
            before.run();
            if (now == Fault.LOST) {
                return Mono.error(new TimeoutException("lost"));
            }
            Judged judged = append(event);
            return now == Fault.UNCONFIRMED ? Mono.error(new TimeoutException("unconfirmed")) : Mono.just(judged);
        });
    }

    @Override
    public MemoryActivityAccount account(ActivityId activityId) {
        return state.accountIfPresent(activityId);
    }

    @Override
    public List<LiveTicket> ticketsOf(Fingerprint user) {
        throw new IllegalStateException("operators do not ask for this");
    }

    @Override
    public LiveTicket find(TicketId ticketId) {
        List<LiveTicket> found = new ArrayList<>();
        state.forEach((activityId, account) -> {
            if (account.find(ticketId) != null) {
                found.add(new LiveTicket(activityId, account.find(ticketId)));
            }
        });
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public TicketUse use(ActivityId activityId, int sequence) {
        return used.find(activityId, sequence);
    }

    public void release(ActivityId activityId) {
        state.release(activityId);
        used.release(activityId);
    }

    @Override
    public boolean isReleased(ActivityId activityId) {
        return state.isReleased(activityId);
    }

    @Override
    public int partitionOf(ActivityId activityId) {
        return PARTITION;
    }

    @Override
    public synchronized Map<Integer, Long> positions() {
        return Map.of(PARTITION, (long) events.size());
    }

    @Override
    public CompletableFuture<Void> readThrough() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized boolean isCaughtUp() {
        return caughtUp;
    }
}
