package dev.dibs.projector.tickets;

import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.StockRange;
import dev.dibs.ledger.Verdict;
import dev.dibs.projector.store.Grant;
import dev.dibs.projector.store.TicketBatch;
import dev.dibs.projector.store.TicketChange;
import dev.dibs.tail.LogListener;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the ledger finds valid into one collection: first the rows, then the position. What lies before the
 * stored position is folded but not written again. All on the tail's thread, which waits while the database is away.
 */
public final class TicketProjection implements LogListener {
    private static final Logger log = LoggerFactory.getLogger(TicketProjection.class);
    /** Rows of one write: what one poll brings at most, so that the buffer never grows beyond it. */
    static final int MOST_ROWS = 5_000;

    private final String collection;
    private final MemoryLedgerState ledger;
    private final TicketWriter writer;
    private final Map<Integer, Long> written;
    private final AtomicLong granted = new AtomicLong();
    private final Map<Integer, Long> reached = new HashMap<>();
    private TicketBatch batch = new TicketBatch();
    private boolean ended;
    private volatile long lastBatchEnd = System.nanoTime();

    /**
     * @param ledger the state of the ledger whose verdicts this is told: it knows which import a sequence belongs to
     * @param written the collection's stored positions
     */
    public TicketProjection(
            String collection, MemoryLedgerState ledger, TicketWriter writer, Map<Integer, Long> written) {
        this.collection = collection;
        this.ledger = ledger;
        this.writer = writer;
        this.written = new ConcurrentHashMap<>(written);
    }

    @Override
    public void onVerdict(int partition, long offset, TicketEvent event, Verdict verdict) {
        if (ended || verdict != Verdict.VALID || isWritten(partition, offset)) {
            return;
        }
        if (event instanceof TicketGrabbed grab) {
            StockRange range = ledger.account(grab.activityId()).range(grab.sequence());
            add(TicketChange.granted(grab.ticketId(), Grant.of(partition, offset, grab, range)));
        } else if (event instanceof TicketRedeemed redeemed) {
            add(TicketChange.redeemed(redeemed.ticketId(), redeemed.occurredAt(), offset));
        } else if (event instanceof TicketRevoked revoked) {
            add(TicketChange.revoked(revoked.ticketId(), revoked.occurredAt(), offset));
        }
    }

    /** It is void for everybody, and the processor keeps it as a dead letter: here it only takes its offset. */
    @Override
    public void onUndecodable(int partition, long offset, byte[] key, byte[] value, String error) {
        if (!isWritten(partition, offset)) {
            writer.counters().skippedUndecodable();
        }
    }

    /** Nothing is written about what is over and forgotten; should something come all the same, it is told. */
    @Override
    public void onPassedOver(int partition, long offset, TicketEvent event) {
        if (!isWritten(partition, offset)) {
            writer.counters().passedOver();
            log.error(
                    "An event came for an activity that is over; a rebuild would show it;"
                            + " activityId={} partition={} offset={}",
                    event.activityId(),
                    partition,
                    offset);
        }
    }

    @Override
    public void onPosition(int partition, long nextOffset) {
        if (nextOffset > written.getOrDefault(partition, 0L)) {
            reached.put(partition, nextOffset);
        }
    }

    @Override
    public void onBatchEnd() {
        if (!ended && !reached.isEmpty()) {
            writeRows();
            writePositions();
        }
        lastBatchEnd = System.nanoTime();
    }

    private boolean isWritten(int partition, long offset) {
        return offset < written.getOrDefault(partition, 0L);
    }

    private void add(TicketChange change) {
        batch.add(change);
        if (batch.size() >= MOST_ROWS) {
            writeRows();
        }
    }

    private void writeRows() {
        if (!batch.isEmpty()) {
            ended = !writer.write(collection, batch);
            granted.addAndGet(ended ? 0 : batch.grants());
            batch = new TicketBatch();
        }
    }

    private void writePositions() {
        // Without its rows a position must not be written; whoever comes next begins at the old one.
        if (!ended && writer.advance(collection, reached)) {
            written.putAll(reached);
            reached.clear();
        } else {
            ended = true;
        }
    }

    /** The stored positions, as far as this projection knows. */
    public Map<Integer, Long> positions() {
        return new TreeMap<>(written);
    }

    /** How many tickets have been granted beyond the position at which this projection began, and written. */
    public long granted() {
        return granted.get();
    }

    /** How long ago a batch was last brought to its end, in nanoseconds; also polls that bring nothing count. */
    public long sinceLastBatchEnd() {
        return System.nanoTime() - lastBatchEnd;
    }
}
