package dev.dibs.api.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy.StrategyType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadToEndTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TICKET_EVENTS, 0);

    /** What each look is answered with, one after the other; the look waits for it. */
    private final BlockingQueue<Supplier<Long>> ends = new LinkedBlockingQueue<>();

    /** Of themselves: there is one record. */
    private volatile boolean answering;

    private final AtomicInteger looks = new AtomicInteger();
    private final Map<Long, CompletableFuture<Void>> folded = new ConcurrentHashMap<>();
    private final ReadToEnd readToEnd = new ReadToEnd(new Brokers(), List.of(0), (partition, offset) -> folded(offset));

    private final class Brokers extends MockConsumer<byte[], byte[]> {
        Brokers() {
            super(StrategyType.NONE.toString());
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
            assertThat(partitions).containsExactly(PARTITION);
            looks.incrementAndGet();
            try {
                return Map.of(PARTITION, answering ? 1 : ends.take().get());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void wakeup() {
            ends.add(() -> {
                throw new WakeupException();
            });
        }
    }

    private CompletableFuture<Void> folded(long offset) {
        return folded.computeIfAbsent(offset, any -> new CompletableFuture<>());
    }

    private static long away() {
        throw new TimeoutException("no broker answers");
    }

    private static void awaitDone(CompletableFuture<Void> asked) throws Exception {
        asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitLooks(int count) {
        await().atMost(PATIENCE).until(() -> looks.get() == count);
    }

    @BeforeEach
    void start() {
        readToEnd.start();
    }

    @AfterEach
    void stop() {
        // As the tail does when it ends.
        folded.values().forEach(waiting -> waiting.cancel(false));
        readToEnd.close();
    }

    @Test
    void whoAsksIsAnsweredOnceWhatWasThereThenIsFolded() throws Exception {
        ends.add(() -> 5L);

        CompletableFuture<Void> asked = readToEnd.ask();
        await().atMost(PATIENCE).until(() -> folded.containsKey(4L));

        assertThat(asked).isNotDone();
        folded(4).complete(null);
        awaitDone(asked);
    }

    @Test
    void nobodyWhoAsksWhileItLooksIsAnsweredByThatLook() throws Exception {
        CompletableFuture<Void> first = readToEnd.ask();
        awaitLooks(1);
        CompletableFuture<Void> second = readToEnd.ask();
        folded(0).complete(null);
        ends.add(() -> 1L);
        awaitDone(first);
        awaitLooks(2);
        assertThat(second).isNotDone();

        folded(1).complete(null);
        ends.add(() -> 2L);

        awaitDone(second);
    }

    @Test
    void oneLookServesAllWhoHaveAskedBefore() throws Exception {
        CompletableFuture<Void> first = readToEnd.ask();
        awaitLooks(1);
        List<CompletableFuture<Void>> meanwhile = List.of(readToEnd.ask(), readToEnd.ask(), readToEnd.ask());
        folded(0).complete(null);

        ends.add(() -> 1L);
        ends.add(() -> 1L);
        awaitDone(first);
        for (CompletableFuture<Void> asked : meanwhile) {
            awaitDone(asked);
        }

        await().during(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> looks.get() == 2);
    }

    @Test
    void whileTheBrokersAreAwayNobodyWaitsForThem() throws Exception {
        ends.add(ReadToEndTest::away);
        assertThatThrownBy(() -> awaitDone(readToEnd.ask()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        awaitLooks(2);

        assertThat(readToEnd.ask()).isCompletedExceptionally();

        // Nobody has to ask for it to be noticed that they are back.
        folded(0).complete(null);
        answering = true;
        ends.add(() -> 1L);
        await().atMost(PATIENCE).until(() -> !readToEnd.ask().isCompletedExceptionally());
        awaitDone(readToEnd.ask());
    }

    @Test
    void howeverLongFoldingTakesOneLookIsWaitedFor() throws Exception {
        ends.add(() -> 1L);
        readToEnd.ask();
        await().atMost(PATIENCE).until(() -> folded.containsKey(0L));
        CompletableFuture<Void> meanwhile = readToEnd.ask();
        await().during(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> looks.get() == 1);

        folded(0).complete(null);
        ends.add(() -> 1L);

        awaitDone(meanwhile);
        assertThat(looks).hasValue(2);
    }

    @Test
    void whoeverAsksWhenTheTailHasEndedIsToldSo() {
        folded(0).completeExceptionally(new IllegalStateException("the tail has ended"));
        ends.add(() -> 1L);

        assertThatThrownBy(() -> awaitDone(readToEnd.ask())).hasRootCauseMessage("the tail has ended");

        assertThat(readToEnd.ask()).isCompletedExceptionally();
    }

    @Test
    void whoWaitsWhenItIsClosedIsToldSoAndWhoeverAsksThen() {
        CompletableFuture<Void> looking = readToEnd.ask();
        awaitLooks(1);
        CompletableFuture<Void> waiting = readToEnd.ask();

        readToEnd.close();

        assertThat(looking).isCompletedExceptionally();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(readToEnd.ask()).isCompletedExceptionally();
    }
}
