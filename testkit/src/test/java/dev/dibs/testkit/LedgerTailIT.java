package dev.dibs.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketEvent;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.MemoryLedgerState;
import dev.dibs.ledger.Verdict;
import dev.dibs.servers.EmbeddedKafka;
import dev.dibs.servers.FreePorts;
import dev.dibs.tail.LedgerTail;
import dev.dibs.tail.LogListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tail of the log promises, over a real broker. It has its own, since it writes rubbish and restarts it. */
@Timeout(180)
class LedgerTailIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static EmbeddedKafka kafka;
    private static TestLog log;

    private final Told told = new Told();
    private final MemoryLedgerState state = new MemoryLedgerState();
    private final ActivityId activity = TestIds.activity("tail");

    @BeforeAll
    static void startBroker(@TempDir Path folder) {
        kafka = EmbeddedKafka.start(folder);
        log = TestLog.connect(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        log.close();
        kafka.close();
    }

    @Test
    void tellsTheVerdictsInTheOrderOfTheLog() throws Exception {
        // Given
        long epoch = log.write(opened()).offset();
        log.writeAll(List.of(stock(2), grab(epoch, 0, "ann"), grab(epoch, 0, "bob"), grab(epoch, 1, "ann")));
        // When
        try (LedgerTail tail = new LedgerTail(kafka.clientSettings(), Map.of(), state, told)) {
            tail.start("tail");
            tail.caughtUp().get(60, TimeUnit.SECONDS);
            // Then
            assertThat(told.verdictsOf(activity))
                    .containsExactly(
                            Verdict.VALID,
                            Verdict.VALID,
                            Verdict.VALID,
                            Verdict.VOID_SEQUENCE_TAKEN,
                            Verdict.VOID_LIMIT_REACHED);
        }
    }

    @Test
    void foldsWhatIsWrittenAfterItHasCaughtUp() throws Exception {
        try (LedgerTail tail = new LedgerTail(kafka.clientSettings(), Map.of(), state, told)) {
            // Given
            tail.start("tail");
            tail.caughtUp().get(60, TimeUnit.SECONDS);
            // When
            log.write(opened());
            LogPosition last = log.write(stock(3));
            // Then
            tail.positions().folded(last.partition(), last.offset()).get(60, TimeUnit.SECONDS);
            assertThat(told.verdictsOf(activity)).containsExactly(Verdict.VALID, Verdict.VALID);
        }
    }

    @Test
    void whoWaitsForARecordIsToldAfterItsVerdict() throws Exception {
        try (LedgerTail tail = new LedgerTail(kafka.clientSettings(), Map.of(), state, told)) {
            tail.start("tail");
            LogPosition position = log.write(opened());

            List<Verdict> known = tail.positions()
                    .folded(position.partition(), position.offset())
                    .thenApply(done -> told.verdictsOf(activity))
                    .get(60, TimeUnit.SECONDS);

            assertThat(known).containsExactly(Verdict.VALID);
        }
    }

    @Test
    void aRecordThatCannotBeDecodedIsToldAndStallsNothing() throws Exception {
        // Given
        byte[] rubbish = ("rubbish of " + activity).getBytes(StandardCharsets.UTF_8);
        log.write(opened());
        LogPosition where = log.writeRaw(activity, rubbish);
        log.write(stock(1));
        // When
        try (LedgerTail tail = new LedgerTail(kafka.clientSettings(), Map.of(), state, told)) {
            tail.start("tail");
            tail.caughtUp().get(60, TimeUnit.SECONDS);
            // Then
            assertThat(told.undecodable).contains(new Undecodable(where, new String(rubbish, StandardCharsets.UTF_8)));
            assertThat(told.verdictsOf(activity)).containsExactly(Verdict.VALID, Verdict.VALID);
        }
    }

    @Test
    void beginsAtTheGivenOffset() throws Exception {
        // Given
        log.write(opened());
        LogPosition second = log.write(opened());
        log.write(stock(1));
        // When
        Map<Integer, Long> from = Map.of(second.partition(), second.offset());
        try (LedgerTail tail = new LedgerTail(kafka.clientSettings(), from, state, told)) {
            tail.start("tail");
            tail.caughtUp().get(60, TimeUnit.SECONDS);
            // Then
            assertThat(told.offsetsOf(activity)).containsExactly(second.offset(), second.offset() + 1);
        }
    }

    @Test
    void foldsToTheEndOnTheCallersThread() {
        // Given
        List<TicketEvent> events = new ArrayList<>(List.of(opened()));
        for (int i = 0; i < 2_000; i++) {
            events.add(opened());
        }
        List<LogPosition> written = log.writeAll(events);
        // When
        try (LedgerTail tail = new LedgerTail(kafka.clientSettings(), Map.of(), state, told)) {
            tail.foldToEnd();
            // Then
            assertThat(told.offsetsOf(activity))
                    .containsExactlyElementsOf(
                            written.stream().map(LogPosition::offset).toList());
            assertThat(tail.positions().all()).isEqualTo(tail.ends());
        }
    }

    @Test
    void closesPromptlyAndLeavesNobodyWaiting() throws Exception {
        // Given
        LedgerTail tail = new LedgerTail(kafka.clientSettings(), Map.of(), state, told);
        tail.start("tail");
        tail.caughtUp().get(60, TimeUnit.SECONDS);
        // When
        long before = System.nanoTime();
        tail.close();
        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        tail.stopped().get(1, TimeUnit.SECONDS);
    }

    @Test
    void goesOnAfterTheBrokerWasRestarted(@TempDir Path folder) throws Exception {
        // Given: a tail that has folded the first record
        EmbeddedKafka broker = EmbeddedKafka.start(folder);
        try (TestLog ownLog = TestLog.connect(broker.bootstrapServers());
                LedgerTail tail = new LedgerTail(broker.clientSettings(), Map.of(), state, told)) {
            tail.start("tail");
            ownLog.write(opened());
            await().atMost(SOON).until(() -> told.verdictsOf(activity).size() == 1);
            // When
            broker.close();
            broker = EmbeddedKafka.start(folder);
            ownLog.write(stock(1));
            // Then
            await().atMost(SOON).until(() -> told.verdictsOf(activity).size() == 2);
            assertThat(told.verdictsOf(activity)).containsExactly(Verdict.VALID, Verdict.VALID);
        } finally {
            broker.close();
        }
    }

    @Test
    void saysAtOnceThatThereIsNoBroker() {
        Map<String, Object> nowhere =
                Map.of("bootstrap.servers", "127.0.0.1:" + FreePorts.next(), "default.api.timeout.ms", 1_000);

        assertThatThrownBy(() -> new LedgerTail(nowhere, Map.of(), state, told)).isInstanceOf(KafkaException.class);
    }

    private EpochOpened opened() {
        return new EpochOpened(UUID.randomUUID(), 1, activity, TestIds.unique("nonce"), "fence", 1);
    }

    private StockAdded stock(int count) {
        ImportId importId = new ImportId(UUID.randomUUID().toString().replace("-", ""));
        return new StockAdded(UUID.randomUUID(), 1, activity, 0, count, new TicketKind("seat"), importId);
    }

    private TicketGrabbed grab(long epoch, int sequence, String user) {
        return new TicketGrabbed(
                activity,
                epoch,
                sequence,
                new TicketId(UUID.randomUUID()),
                new UserId(user),
                new RequestId(TestIds.unique("request")),
                1,
                2,
                new TicketKind("seat"),
                "");
    }

    private record Entry(ActivityId activity, long offset, Verdict verdict) {}

    private record Undecodable(LogPosition position, String value) {}

    /** Remembers what it was told. */
    private static final class Told implements LogListener {
        private final List<Entry> entries = new CopyOnWriteArrayList<>();
        private final List<Undecodable> undecodable = new CopyOnWriteArrayList<>();

        @Override
        public void onVerdict(int partition, long offset, TicketEvent event, Verdict verdict) {
            entries.add(new Entry(event.activityId(), offset, verdict));
        }

        @Override
        public void onUndecodable(int partition, long offset, byte[] key, byte[] value, String error) {
            undecodable.add(
                    new Undecodable(new LogPosition(partition, offset), new String(value, StandardCharsets.UTF_8)));
        }

        List<Verdict> verdictsOf(ActivityId activity) {
            return of(activity).stream().map(Entry::verdict).toList();
        }

        List<Long> offsetsOf(ActivityId activity) {
            return of(activity).stream().map(Entry::offset).toList();
        }

        private List<Entry> of(ActivityId activity) {
            return entries.stream().filter(e -> e.activity.equals(activity)).toList();
        }
    }
}
