package dev.dibs.api.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.publish.LogPublisher;
import dev.dibs.events.EpochOpened;
import dev.dibs.events.StockAdded;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.tail.FoldStart;
import dev.dibs.testkit.LogPosition;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestLog;
import dev.dibs.testkit.TestServers;
import dev.dibs.testkit.TestTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerFollowerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @BeforeAll
    static void create() {
        TestTopics.create();
    }

    private static LedgerFollower follower() {
        return follower(TestLog.SOURCE, (activityId, requestedAt) -> {});
    }

    /** @param source what this instance calls itself in the log */
    private static LedgerFollower follower(String source, ObjLongConsumer<ActivityId> won) {
        LogPublisher publisher = new LogPublisher(new MockProducer<>(), 1, source);
        return new LedgerFollower(
                TestServers.kafkaClient(), TestTopics.PARTITIONS, publisher, new PendingVerdicts(), won);
    }

    private static TicketGrabbed grab(ActivityId activity, long epoch, int sequence, String user, long requestedAt) {
        return new TicketGrabbed(
                activity,
                epoch,
                sequence,
                new TicketId(UUID.randomUUID()),
                new UserId(user),
                new RequestId("r"),
                requestedAt,
                requestedAt + 5,
                new TicketKind("seat"),
                "");
    }

    /** As after a loss in Kafka: what it had read up to is not there any more. */
    @Test
    void whoCannotReadOnSaysSoForGood() {
        try (LedgerFollower follower = follower()) {
            follower.start(FoldStart.at(Map.of(0, Long.MAX_VALUE / 2)));

            await().atMost(PATIENCE).until(follower::hasFailed);
            assertThat(follower.isCaughtUp()).isFalse();
        }
    }

    /** Whether anybody still waits for an answer is no matter: nobody does here. */
    @Test
    void ofTheGrabsThatItHasWrittenItselfItTellsWhichHaveWon() {
        // Given a sale with a winner of an earlier life
        ActivityId activity = TestIds.activity("waits");
        long epoch = TestLog.append(new EpochOpened(UUID.randomUUID(), 1, activity, "nonce", "fence", 1))
                .offset();
        TestLog.append(new StockAdded(
                UUID.randomUUID(), 1, activity, 0, 3, new TicketKind("seat"), new ImportId("0".repeat(32))));
        TestLog.append(grab(activity, epoch, 0, "ann", 100));
        List<Long> own = new CopyOnWriteArrayList<>();
        List<Long> foreign = new CopyOnWriteArrayList<>();
        try (LedgerFollower writer = follower(TestLog.SOURCE, (id, requestedAt) -> own.add(requestedAt));
                LedgerFollower other = follower("/dibs/other", (id, requestedAt) -> foreign.add(requestedAt))) {
            List.of(writer, other).forEach(follower -> follower.start(FoldStart.BEGINNING));
            await().atMost(PATIENCE).until(() -> writer.isCaughtUp() && other.isCaughtUp());
            // When
            TicketGrabbed won = grab(activity, epoch, 1, "bob", 200);
            TestLog.append(won);
            TestLog.append(won);
            TestLog.append(grab(activity, epoch, 1, "cid", 300));
            LogPosition last = TestLog.append(grab(activity, epoch, 2, "dan", 400));
            // Then
            await().atMost(PATIENCE).until(() -> hasRead(writer, last) && hasRead(other, last));
            assertThat(own).containsExactly(200L, 400L);
            assertThat(foreign).isEmpty();
        }
    }

    @Test
    void whoReadsThroughFirstKnowsWhatWasInTheLogBefore() throws Exception {
        // Given a follower that is held up at bob's grab
        ActivityId activity = TestIds.activity("read-through");
        long epoch = TestLog.append(new EpochOpened(UUID.randomUUID(), 1, activity, "nonce", "fence", 1))
                .offset();
        TestLog.append(new StockAdded(
                UUID.randomUUID(), 1, activity, 0, 2, new TicketKind("seat"), new ImportId("0".repeat(32))));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (LedgerFollower follower = follower(TestLog.SOURCE, (id, requestedAt) -> {
            held.countDown();
            awaitOpen(goOn);
        })) {
            follower.start(FoldStart.BEGINNING);
            await().atMost(PATIENCE).until(follower::isCaughtUp);
            TestLog.append(grab(activity, epoch, 0, "bob", 100));
            awaitOpen(held);
            TestLog.append(grab(activity, epoch, 1, "cid", 200));
            // When
            CompletableFuture<Integer> known = follower.readThrough()
                    .thenApply(read -> follower.ticketsOf(Fingerprint.of("cid")).size());
            goOn.countDown();
            // Then
            assertThat(known.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void beforeTheStartNothingCanBeReadThrough() {
        try (LedgerFollower follower = follower()) {
            assertThat(follower.readThrough()).isCompletedExceptionally();
        }
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasRead(LedgerFollower follower, LogPosition position) {
        return follower.positions().get(position.partition()) > position.offset();
    }

    @Test
    void whoReadsOrIsStoppedHasNotFailed() {
        LedgerFollower follower = follower();
        assertThat(follower.hasFailed()).as("before the start").isFalse();
        follower.start(FoldStart.BEGINNING);
        await().atMost(PATIENCE).until(follower::isCaughtUp);
        assertThat(follower.hasFailed()).isFalse();

        follower.close();

        assertThat(follower.hasFailed()).isFalse();
    }
}
