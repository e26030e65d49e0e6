package dev.dibs.projector.tickets;

import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.projector.store.TicketStore;
import dev.dibs.tail.FoldStart;
import dev.dibs.tail.LedgerTail;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The log flowing into one collection, from its stored position until closed or overtaken by an error. */
public final class ProjectionSession implements AutoCloseable {
    private static final int FETCH_BYTES = 256 * 1024;
    private static final int FETCH_WAIT_MS = 100;

    private final String collection;
    private final Retrier retrier;
    private final MemoryLedgerState ledger;
    private final TicketProjection projection;
    private final LedgerTail tail;

    private ProjectionSession(
            String collection,
            Retrier retrier,
            MemoryLedgerState ledger,
            TicketProjection projection,
            LedgerTail tail) {
        this.collection = collection;
        this.retrier = retrier;
        this.ledger = ledger;
        this.projection = projection;
        this.tail = tail;
    }

    /**
     * Starts on a thread of its own.
     *
     * @param kafka bootstrap servers and whatever else the connection needs
     * @param from where folding begins; what is passed over has been written to this collection
     * @throws dev.dibs.projector.store.StoreException where the database does not answer
     * @throws org.apache.kafka.common.KafkaException where the brokers do not answer
     */
    public static ProjectionSession start(
            Map<String, Object> kafka,
            FoldStart from,
            TicketStore store,
            String collection,
            ProjectionCounters counters) {
        Retrier retrier = new Retrier();
        MemoryLedgerState ledger = new MemoryLedgerState();
        from.passedOver().forEach(ledger::release);
        TicketProjection projection = new TicketProjection(
                collection, ledger, new TicketWriter(store, retrier, counters), store.positions(collection));
        LedgerTail tail = new LedgerTail(settings(kafka, collection), from.offsets(), ledger, projection);
        ProjectionSession session = new ProjectionSession(collection, retrier, ledger, projection, tail);
        tail.start(collection + "-tail");
        return session;
    }

    /** Nobody waits for a row: it is fetched and written with many others, instead of each few by themselves. */
    private static Map<String, Object> settings(Map<String, Object> kafka, String collection) {
        Map<String, Object> settings = ClientIds.with(kafka, collection);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        return settings;
    }

    public String collection() {
        return collection;
    }

    /** Where the log ended when this began, by partition. */
    public Map<Integer, Long> ends() {
        return tail.ends();
    }

    /** How far the collection has been written, by partition. */
    public Map<Integer, Long> positions() {
        return projection.positions();
    }

    public boolean isReleased(ActivityId activityId) {
        return ledger.isReleased(activityId);
    }

    /** Forgets an activity of which everything has been written. */
    public void release(ActivityId activityId) {
        tail.betweenBatches(() -> ledger.release(activityId));
    }

    /** How many tickets this has granted and written. */
    public long granted() {
        return projection.granted();
    }

    /** Completes once all that was in the log when this began has been folded and written. */
    public CompletableFuture<Void> caughtUp() {
        return tail.caughtUp();
    }

    /** Whether it has ended by itself, which only an error that it could not survive does. */
    public boolean hasStopped() {
        return tail.stopped().isDone();
    }

    /** How long ago it last brought a batch, or a look that found nothing new, to its end, in nanoseconds. */
    public long sinceLastBatchEnd() {
        return projection.sinceLastBatchEnd();
    }

    /** Brings a write that is on its way to its end if it can; takes at most about five seconds. */
    @Override
    public void close() {
        retrier.close();
        tail.close();
    }
}
