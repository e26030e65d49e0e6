package dev.dibs.tail;

import static dev.dibs.events.SampleEvents.MOVIE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.codec.TicketEventCodec;
import dev.dibs.events.SampleEvents;
import dev.dibs.events.TicketEvent;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tail does when the log fails it, shown with Kafka's own double; testkit has the tail on a real broker. */
@Timeout(120)
class LedgerTailTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TICKET_EVENTS, 0);

    /** Whether the new leader of a partition is yet to say that it has what was read. */
    private volatile boolean positionsUnknown;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
        @Override
        public synchronized long position(TopicPartition partition) {
            if (positionsUnknown) {
                throw new TimeoutException("for now");
            }
            return super.position(partition);
        }
    };
    private final MemoryLedgerState state = new MemoryLedgerState();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private LedgerTail tail;

    @AfterEach
    void close() {
        if (tail != null) {
            tail.close();
        }
    }

    @Test
    void foldsWhatIsThereAndTellsEachVerdict() {
        logOf(3);
        tail = tail(Map.of());
        write(0, TicketEventCodec.encode(SampleEvents.opened(MOVIE, 1)));
        write(1, TicketEventCodec.encode(SampleEvents.added(MOVIE, 0, 2, "i1")));
        write(2, TicketEventCodec.encode(SampleEvents.grabbed(MOVIE, 0, 1, "alice", "r1")));

        tail.foldToEnd();

        assertThat(told).containsExactly("0 VALID", "1 VALID", "2 VALID", "position 3");
        assertThat(tail.caughtUp()).isCompleted();
        assertThat(tail.positions().all()).containsExactly(Map.entry(0, 3L));
        assertThat(state.account(MOVIE).granted()).isEqualTo(1);
    }

    @Test
    void beginsWhereItIsTold() {
        logOf(3);
        tail = tail(Map.of(0, 2L));
        assertThat(tail.positions().next(0)).isEqualTo(2);
        write(2, TicketEventCodec.encode(SampleEvents.opened(MOVIE, 1)));

        tail.foldToEnd();

        assertThat(state.account(MOVIE).epoch()).isEqualTo(2);
    }

    @Test
    void whatCannotBeDecodedIsToldAndDoesNotStopIt() {
        logOf(3);
        tail = tail(Map.of());
        write(0, "not JSON".getBytes(StandardCharsets.UTF_8));
        write(1, null);
        write(2, TicketEventCodec.encode(SampleEvents.opened(MOVIE, 1)));

        tail.foldToEnd();

        assertThat(told).containsExactly("0 undecodable", "1 undecodable", "2 VALID", "position 3");
    }

    @Test
    void onWhatIsForgottenThereIsNoVerdict() {
        logOf(3);
        tail = tail(Map.of());
        state.release(MOVIE);
        write(0, TicketEventCodec.encode(SampleEvents.opened(MOVIE, 1)));
        write(1, TicketEventCodec.encode(SampleEvents.added(MOVIE, 0, 2, "i1")));
        write(2, TicketEventCodec.encode(SampleEvents.grabbed(MOVIE, 0, 1, "alice", "r1")));

        tail.foldToEnd();

        assertThat(told).containsExactly("0 passed over", "1 passed over", "2 passed over", "position 3");
        assertThat(state.accountIfPresent(MOVIE)).isNull();
        assertThat(tail.recordsRead()).isEqualTo(3);
    }

    @Test
    void aChangeBetweenBatchesIsMadeByTheThreadThatFolds() throws Exception {
        logOf(1);
        tail = tail(Map.of());
        CompletableFuture<String> thread = new CompletableFuture<>();
        tail.betweenBatches(() -> thread.complete(Thread.currentThread().getName()));
        consumer.schedulePollTask(() -> write(0, TicketEventCodec.encode(SampleEvents.opened(MOVIE, 1))));

        tail.start("the-one-that-folds");

        assertThat(thread.get(60, TimeUnit.SECONDS)).isEqualTo("the-one-that-folds");
    }

    @Test
    void aLogThatDoesNotExistIsNoEmptyLog() {
        consumer.updatePartitions(Topics.TICKET_EVENTS, List.of());

        assertThatExceptionOfType(UnknownTopicOrPartitionException.class)
                .isThrownBy(() -> tail(Map.of()))
                .withMessageContaining(Topics.TICKET_EVENTS);

        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aPassingFailureIsTriedAgain() throws Exception {
        logOf(1);
        tail = tail(Map.of());
        consumer.setPollException(new DisconnectException("for now"));
        consumer.schedulePollTask(() -> {
            throw new DisconnectException("and again");
        });
        consumer.schedulePollTask(() -> write(0, TicketEventCodec.encode(SampleEvents.opened(MOVIE, 1))));

        tail.start("tail");

        tail.caughtUp().get(60, TimeUnit.SECONDS);
        assertThat(told).contains("0 VALID");
    }

    @Test
    void aNewLeaderThatIsSilentHoldsUpNoVerdictAndEndsNothing() throws Exception {
        logOf(2);
        tail = tail(Map.of());
        positionsUnknown = true;
        consumer.schedulePollTask(() -> write(0, TicketEventCodec.encode(SampleEvents.opened(MOVIE, 1))));
        consumer.schedulePollTask(() -> {});
        consumer.schedulePollTask(() -> write(1, TicketEventCodec.encode(SampleEvents.added(MOVIE, 0, 2, "i1"))));

        tail.start("tail");

        tail.caughtUp().get(60, TimeUnit.SECONDS);
        assertThat(told).contains("0 VALID", "position 1", "1 VALID", "position 2");
        assertThat(tail.stopped()).isNotDone();
    }

    @Test
    void lostRecordsStopItAndNobodyIsLeftWaiting() {
        logOf(5);
        tail = tail(Map.of());
        CompletableFuture<Void> waiting = tail.positions().folded(0, 4);
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 0L)));

        tail.start("tail");

        for (CompletableFuture<Void> future : List.of(tail.stopped(), tail.caughtUp(), waiting)) {
            assertThatThrownBy(() -> future.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(OffsetOutOfRangeException.class);
        }
    }

    @Test
    void aListenerThatFailsStopsItBeforeThePositionMovesOn() {
        logOf(1);
        tail = new LedgerTail(consumer, Map.of(), state, (partition, offset, event, verdict) -> {
            throw new IllegalStateException("the database is gone");
        });
        consumer.schedulePollTask(() -> write(0, TicketEventCodec.encode(SampleEvents.opened(MOVIE, 1))));

        tail.start("tail");

        assertThatThrownBy(() -> tail.stopped().get(60, TimeUnit.SECONDS)).hasMessageContaining("the database is gone");
        assertThat(tail.positions().next(0)).isZero();
    }

    @Test
    void closingEndsTheThreadAndWhoeverWaits() throws Exception {
        logOf(5);
        tail = tail(Map.of());
        CompletableFuture<Void> waiting = tail.positions().folded(0, 4);
        tail.start("tail");

        tail.close();

        tail.stopped().get(60, TimeUnit.SECONDS);
        assertThat(consumer.closed()).isTrue();
        assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    }

    @Test
    void itIsStartedOnce() {
        logOf(5);
        tail = tail(Map.of());
        tail.start("tail");

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> tail.start("another"));
    }

    private void logOf(long records) {
        consumer.updatePartitions(
                Topics.TICKET_EVENTS, List.of(new PartitionInfo(Topics.TICKET_EVENTS, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, records));
    }

    private LedgerTail tail(Map<Integer, Long> from) {
        return new LedgerTail(consumer, from, state, new Told());
    }

    private void write(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(
                Topics.TICKET_EVENTS, 0, offset, MOVIE.value().getBytes(StandardCharsets.UTF_8), value));
    }

    private final class Told implements LogListener {
        @Override
        public void onVerdict(int partition, long offset, TicketEvent event, Verdict verdict) {
            told.add(offset + " " + verdict);
        }

        @Override
        public void onUndecodable(int partition, long offset, byte[] key, byte[] value, String error) {
            told.add(offset + " undecodable");
        }

        @Override
        public void onPassedOver(int partition, long offset, TicketEvent event) {
            told.add(offset + " passed over");
        }

        @Override
        public void onPosition(int partition, long nextOffset) {
            told.add("position " + nextOffset);
        }
    }
}
