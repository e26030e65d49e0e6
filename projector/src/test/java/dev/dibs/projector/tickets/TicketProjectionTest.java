package dev.dibs.projector.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Ledger;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.projector.store.MemoryTicketStore;
import dev.dibs.projector.store.StoreException;
import dev.dibs.projector.store.TicketBatch;
import dev.dibs.projector.store.TicketStore;
import dev.dibs.projector.store.WriteOutcome;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TicketProjectionTest {
    private static final String COLLECTION = "user_tickets";
    private static final int PARTITION = 2;
    private static final ActivityId ACTIVITY = new ActivityId("movie-night");
    private static final TicketKind SEAT = new TicketKind("seat");

    private final MemoryTicketStore memory = new MemoryTicketStore();
    private final UnreliableStore store = new UnreliableStore(memory);
    private final Retrier retrier = new Retrier();
    private final ProjectionCounters counters = new ProjectionCounters();
    private MemoryLedgerState state;
    private Ledger ledger;
    private TicketProjection projection;
    private long next;

    @BeforeEach
    void startAtTheBeginning() {
        restart();
        tell(new EpochOpened(UUID.randomUUID(), 1, ACTIVITY, "n", "f", 1));
        tell(new StockAdded(UUID.randomUUID(), 1, ACTIVITY, 0, 20_000, SEAT, new ImportId("i")));
    }

    @AfterEach
    void close() {
        retrier.close();
    }

    @Test
    void whatIsValidIsWrittenWithItsPosition() {
        // Given
        memory.putCode("movie-night:i:0", "SECRET-0");
        tell(grab(0, "u0"));
        tell(new TicketRedeemed(UUID.randomUUID(), 50, ACTIVITY, ticket(0), 0, "gate"));

        // When
        endOfBatch();

        // Then
        assertThat(memory.rows(COLLECTION).get(ticket(0).toString()))
                .containsEntry(UserTicket.USER_ID, "u0")
                .containsEntry(UserTicket.CODE, "SECRET-0")
                .containsEntry(UserTicket.PARTITION, PARTITION)
                .containsEntry(UserTicket.OFFSET, 2L)
                .containsEntry(UserTicket.REDEEMED_AT, 50L)
                .containsEntry(UserTicket.REDEEMED_OFFSET, 3L);
        assertThat(memory.positions(COLLECTION)).isEqualTo(Map.of(PARTITION, 4L));
        assertThat(projection.positions()).isEqualTo(Map.of(PARTITION, 4L));
        assertThat(projection.granted()).isEqualTo(1);
    }

    @Test
    void whatIsVoidOrACopyIsNotWritten() {
        // Given
        tell(grab(0, "u0"));
        tell(grab(0, "u0"));
        tell(grab(0, "thief"));
        tell(grab(1, "u0"));
        tell(new TicketRevoked(UUID.randomUUID(), 50, ACTIVITY, ticket(7), 7, "not held"));

        // When
        endOfBatch();

        // Then
        assertThat(memory.rows(COLLECTION)).containsOnlyKeys(ticket(0).toString());
        assertThat(counters.written()).isEqualTo(1);
    }

    @Test
    void bytesThatCannotBeDecodedOnlyTakeTheirOffset() {
        // Given
        projection.onUndecodable(PARTITION, next++, null, new byte[] {1}, "not JSON");

        // When
        endOfBatch();

        // Then
        assertThat(memory.positions(COLLECTION)).isEqualTo(Map.of(PARTITION, 3L));
        assertThat(counters.undecodable()).isEqualTo(1);
    }

    @Test
    void whatLiesBeforeTheStoredPositionIsFoldedButNotWrittenAgain() {
        // Given
        tell(grab(0, "u0"));
        endOfBatch();
        long written = counters.written();
        restart();

        // When
        tell(new EpochOpened(UUID.randomUUID(), 1, ACTIVITY, "n", "f", 1));
        tell(new StockAdded(UUID.randomUUID(), 1, ACTIVITY, 0, 20_000, SEAT, new ImportId("i")));
        tell(grab(0, "u0"));
        tell(grab(1, "u1"));
        endOfBatch();

        // Then
        assertThat(counters.written()).isEqualTo(written + 1);
        assertThat(memory.rows(COLLECTION)).hasSize(2);
    }

    @Test
    void whileTheDatabaseIsAwayTheThreadWaitsAndNothingIsLost() throws InterruptedException {
        // Given
        store.failWrites = true;
        tell(grab(0, "u0"));
        Thread tail = new Thread(this::endOfBatch);
        tail.start();
        await().until(() -> store.failures >= 3);
        assertThat(memory.positions(COLLECTION)).isEmpty();

        // When
        store.failWrites = false;
        tail.join();

        // Then
        assertThat(memory.rows(COLLECTION)).hasSize(1);
        assertThat(memory.positions(COLLECTION)).isEqualTo(Map.of(PARTITION, 3L));
    }

    @Test
    void aPositionThatCannotBeWrittenIsTriedAgain() throws InterruptedException {
        // Given
        store.failPositions = true;
        tell(grab(0, "u0"));
        Thread tail = new Thread(this::endOfBatch);
        tail.start();
        await().until(() -> store.failures >= 3);
        assertThat(memory.rows(COLLECTION)).as("the data come first").hasSize(1);

        // When
        store.failPositions = false;
        tail.join();

        // Then
        assertThat(memory.positions(COLLECTION)).isEqualTo(Map.of(PARTITION, 3L));
    }

    @Test
    void closingEndsTheWaitAndThePositionStaysBehindTheData() throws InterruptedException {
        // Given
        store.failWrites = true;
        tell(grab(0, "u0"));
        Thread tail = new Thread(this::endOfBatch);
        tail.start();
        await().until(() -> store.failures >= 1);

        // When
        retrier.close();
        tail.join();

        // Then
        store.failWrites = false;
        tell(grab(1, "u1"));
        endOfBatch();
        assertThat(memory.rows(COLLECTION)).as("nothing is written after a gap").isEmpty();
        assertThat(memory.positions(COLLECTION)).isEmpty();
    }

    @Test
    void aRowRefusedForGoodIsCountedAndDoesNotHoldUpTheOthers() {
        // Given
        memory.refuse(ticket(1));
        tell(grab(0, "u0"));
        tell(grab(1, "u1"));
        tell(grab(2, "u2"));

        // When
        endOfBatch();

        // Then
        assertThat(memory.rows(COLLECTION))
                .containsOnlyKeys(ticket(0).toString(), ticket(2).toString());
        assertThat(counters.refused()).isEqualTo(1);
        assertThat(counters.written()).isEqualTo(2);
        assertThat(memory.positions(COLLECTION)).isEqualTo(Map.of(PARTITION, 5L));
    }

    @Test
    void aMissingCodeIsCountedAndDoesNotHoldUpAnything() {
        // Given
        tell(grab(0, "u0"));

        // When
        endOfBatch();

        // Then
        assertThat(counters.withoutCode()).isEqualTo(1);
        assertThat(memory.rows(COLLECTION)).hasSize(1);
    }

    @Test
    void theBufferNeverGrowsBeyondItsLimit() {
        // When
        for (int sequence = 0; sequence < 2 * TicketProjection.MOST_ROWS + 1; sequence++) {
            tell(grab(sequence, "u" + sequence));
        }

        // Then
        assertThat(store.largestBatch).isEqualTo(TicketProjection.MOST_ROWS);
        assertThat(memory.rows(COLLECTION)).hasSize(2 * TicketProjection.MOST_ROWS);
        assertThat(memory.positions(COLLECTION))
                .as("only at the end of a batch")
                .isEmpty();
    }

    private void restart() {
        state = new MemoryLedgerState();
        ledger = new Ledger(state);
        projection = new TicketProjection(
                COLLECTION, state, new TicketWriter(store, retrier, counters), memory.positions(COLLECTION));
        next = 0;
    }

    private void tell(TicketEvent event) {
        long offset = next++;
        projection.onVerdict(PARTITION, offset, event, ledger.apply(offset, event));
    }

    private void endOfBatch() {
        projection.onPosition(PARTITION, next);
        projection.onBatchEnd();
    }

    private static TicketGrabbed grab(int sequence, String user) {
        return new TicketGrabbed(
                ACTIVITY, 0, sequence, ticket(sequence), new UserId(user), new RequestId("r-" + user), 1, 2, SEAT, "");
    }

    private static TicketId ticket(int sequence) {
        return new TicketId(new UUID(1, sequence));
    }

    /** The store as it is when its server comes and goes. */
    private static final class UnreliableStore implements TicketStore {
        private final TicketStore store;
        private volatile boolean failWrites;
        private volatile boolean failPositions;
        private volatile int failures;
        private volatile int largestBatch;

        UnreliableStore(TicketStore store) {
            this.store = store;
        }

        @Override
        public WriteOutcome write(String collection, TicketBatch batch) {
            failIf(failWrites);
            largestBatch = Math.max(largestBatch, batch.size());
            return store.write(collection, batch);
        }

        @Override
        public Map<Integer, Long> positions(String collection) {
            return store.positions(collection);
        }

        @Override
        public void advance(String collection, Map<Integer, Long> nextOffsets) {
            failIf(failPositions);
            store.advance(collection, nextOffsets);
        }

        private void failIf(boolean failing) {
            if (failing) {
                failures = failures + 1;
                throw new StoreException("away", null);
            }
        }
    }
}
