package dev.dibs.api.verdict;

import dev.dibs.api.publish.LogPublisher;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.tail.FoldStart;
import dev.dibs.tail.LedgerTail;
import dev.dibs.tail.LogListener;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** This instance's own reading of the log: it gives the verdicts, and remembers who holds what. */
public final class LedgerFollower implements LedgerView, FactWriter, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerFollower.class);
    private static final long SWEEP_MILLIS = 50;
    /** Facts of operators and openings may wait for a broker that is electing a leader. */
    private static final Duration FACT_TIMEOUT = Duration.ofSeconds(10);

    private final MemoryLedgerState state = new MemoryLedgerState();
    private final UsedTickets used = new UsedTickets();
    private final LogPublisher publisher;
    private final PendingVerdicts pending;
    private final ObjLongConsumer<ActivityId> won;
    private final VerdictCounts verdicts = new VerdictCounts();
    private final int partitions;
    private final Map<String, Object> kafka;
    private final ScheduledExecutorService sweeper;
    private volatile LedgerTail tail;
    private volatile ReadToEnd readToEnd;

    /**
     * @param kafka the connection to the log
     * @param partitions of the log
     * @param won told of each grab that this instance has appended and that turns out to be valid, and when its request
     *     arrived (epoch milliseconds), on the thread that reads the log
     */
    public LedgerFollower(
            Map<String, Object> kafka,
            int partitions,
            LogPublisher publisher,
            PendingVerdicts pending,
            ObjLongConsumer<ActivityId> won) {
        this.won = won;
        this.publisher = publisher;
        this.pending = pending;
        this.partitions = partitions;
        this.kafka = kafka;
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "verdict-sweeper");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to read.
     *
     * @param from where folding begins; what is passed over counts as released
     * @throws org.apache.kafka.common.KafkaException where the brokers do not answer in time
     */
    public void start(FoldStart from) {
        from.passedOver().forEach(state::release);
        tail = new LedgerTail(kafka, from.offsets(), state, new Listener());
        readToEnd = new ReadToEnd(kafka, tail.positions());
        tail.start("ledger-tail");
        readToEnd.start();
        sweeper.scheduleWithFixedDelay(pending::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        tail.stopped().exceptionally(error -> {
            log.error("This instance can confirm nothing any more; error={}", error.toString());
            return null;
        });
    }

    /** Completes once all that was in the log at the start has been folded. */
    public CompletableFuture<Void> caughtUp() {
        return tail.caughtUp();
    }

    /** How many records this instance has read from the log since its start. */
    public long recordsRead() {
        return tail.recordsRead();
    }

    public VerdictCounts verdicts() {
        return verdicts;
    }

    @Override
    public MemoryActivityAccount account(ActivityId activityId) {
        return state.accountIfPresent(activityId);
    }

    @Override
    public boolean isReleased(ActivityId activityId) {
        return state.isReleased(activityId);
    }

    /** Forgets an activity that is over: its memory is free, and there will be no verdicts on it any more. */
    public void release(ActivityId activityId) {
        tail.betweenBatches(() -> {
            state.release(activityId);
            used.release(activityId);
        });
    }

    @Override
    public List<LiveTicket> ticketsOf(Fingerprint user) {
        List<LiveTicket> found = new ArrayList<>(2);
        state.forEach((activityId, account) ->
                account.holdings(user).forEach(holding -> found.add(new LiveTicket(activityId, holding))));
        found.sort(Comparator.comparingLong((LiveTicket t) -> t.holding().grabbedAt())
                .thenComparing(t -> t.holding().ticketId().value())
                .reversed());
        return found;
    }

    @Override
    public LiveTicket find(TicketId ticketId) {
        List<LiveTicket> found = new ArrayList<>(1);
        state.forEach((activityId, account) -> {
            Holding holding = found.isEmpty() ? account.find(ticketId) : null;
            if (holding != null) {
                found.add(new LiveTicket(activityId, holding));
            }
        });
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public TicketUse use(ActivityId activityId, int sequence) {
        return used.find(activityId, sequence);
    }

    @Override
    public int partitionOf(ActivityId activityId) {
        return Topics.partition(activityId, partitions);
    }

    @Override
    public Map<Integer, Long> positions() {
        LedgerTail reading = tail;
        return reading == null ? Map.of() : reading.positions().all();
    }

    @Override
    public boolean isCaughtUp() {
        LedgerTail reading = tail;
        return reading != null
                && reading.caughtUp().isDone()
                && !reading.caughtUp().isCompletedExceptionally()
                && !reading.stopped().isDone();
    }

    @Override
    public CompletableFuture<Void> readThrough() {
        return isCaughtUp()
                ? readToEnd.ask()
                : CompletableFuture.failedFuture(new IllegalStateException("This instance has not folded the log yet"));
    }

    @Override
    public boolean hasFailed() {
        LedgerTail reading = tail;
        return reading != null && reading.stopped().isCompletedExceptionally();
    }

    @Override
    public Mono<Judged> write(TicketEvent event) {
        return Mono.defer(() -> {
            CompletableFuture<Judged> verdict = pending.await(event.eventId(), FACT_TIMEOUT);
            publisher.append(event).exceptionally(error -> {
                pending.failed(event.eventId(), verdict, error);
                return null;
            });
            return Mono.fromFuture(verdict, true);
        });
    }

    /** Whether the ledger has granted this very ticket. */
    public static boolean holds(MemoryActivityAccount account, int sequence, TicketId ticketId) {
        if (account == null) {
            return false;
        }
        Holding holding = account.holding(sequence);
        return holding != null && holding.ticketId().equals(ticketId);
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        LedgerTail reading = tail;
        if (reading != null) {
            reading.close();
        }
        ReadToEnd ends = readToEnd;
        if (ends != null) {
            ends.close();
        }
    }

    private final class Listener implements LogListener {
        @Override
        public void onVerdict(int partition, long offset, TicketEvent event, Verdict verdict) {
            // Before anybody is told: who is refused then finds who was faster.
            used.note(event, verdict);
            verdicts.count(verdict);
            pending.judged(event.eventId(), new Judged(partition, offset, verdict));
        }

        @Override
        public void onVerdict(ConsumerRecord<byte[], byte[]> record, TicketEvent event, Verdict verdict) {
            onVerdict(record.partition(), record.offset(), event, verdict);
            // Here, and not where it is answered: nobody may be missing who waited too long for an answer. What was in
            // the log at the start is an earlier life's.
            if (verdict == Verdict.VALID
                    && event instanceof TicketGrabbed grab
                    && tail.caughtUp().isDone()
                    && publisher.isSourceOf(record.headers())) {
                won.accept(grab.activityId(), grab.requestedAt());
            }
        }
    }
}
