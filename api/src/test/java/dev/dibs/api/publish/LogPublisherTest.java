package dev.dibs.api.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.events.EpochOpened;
import dev.dibs.events.TicketEvent;
import dev.dibs.ids.ActivityId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogPublisherTest {
    private static final int CAPACITY = 2;

    private final AtomicLong nanos = new AtomicLong();
    private final MockProducer<byte[], byte[]> producer = producer();
    private final LogPublisher publisher = new LogPublisher(producer, CAPACITY, "test", nanos::get);

    @AfterEach
    void close() {
        publisher.close();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static TicketEvent event() {
        return new EpochOpened(UUID.randomUUID(), 1, new ActivityId("night"), "nonce", "fence", 1);
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void whoComesFirstAfterALongSilenceDoesNotMakeItLookLikeAStandstill() {
        passes(Duration.ofHours(1));

        // Not started: nobody takes it out of the queue.
        publisher.append(event());

        assertThat(publisher.isHealthy()).isTrue();
        passes(Duration.ofMillis(1_999));
        publisher.append(event());
        assertThat(publisher.isHealthy()).isTrue();
        passes(Duration.ofMillis(1));
        assertThat(publisher.isHealthy())
                .as("two seconds after the first of them")
                .isFalse();
    }

    @Test
    void itIsAsGoodAsWhatCameOfTheLatest() {
        publisher.start();
        CompletableFuture<RecordMetadata> first = publisher.append(event());
        CompletableFuture<RecordMetadata> second = publisher.append(event());
        await().until(() -> producer.history().size() == 2);
        passes(Duration.ofSeconds(2));
        assertThat(publisher.isHealthy()).as("nothing has come of either").isFalse();

        producer.completeNext();
        assertThat(first).isCompleted();
        assertThat(publisher.isHealthy()).isTrue();

        producer.errorNext(new TimeoutException("no answer"));
        assertThat(second).isCompletedExceptionally();
        assertThat(publisher.isHealthy()).as("right after a failure").isFalse();
        passes(Duration.ofSeconds(2));
        assertThat(publisher.isHealthy()).as("somebody must try again").isTrue();
    }

    @Test
    void itStartsOnceBusyBrokersNameThePartitions() {
        MockProducer<byte[], byte[]> busy = producer();
        busy.partitionsForException = new TimeoutException("not within half a second");
        // The third look at the clock finds them ready.
        AtomicInteger looks = new AtomicInteger();
        LogPublisher patient = new LogPublisher(busy, CAPACITY, "test", () -> {
            if (looks.incrementAndGet() == 4) {
                busy.partitionsForException = null;
            }
            return nanos.get();
        });

        patient.start();

        patient.append(event());
        await().until(() -> busy.history().size() == 1);
        patient.close();
    }

    @Test
    void itDoesNotWaitForEver() {
        MockProducer<byte[], byte[]> silent = producer();
        silent.partitionsForException = new TimeoutException("not within half a second");
        LogPublisher patient = new LogPublisher(
                silent,
                CAPACITY,
                "test",
                () -> nanos.addAndGet(Duration.ofSeconds(1).toNanos()));

        assertThatThrownBy(patient::start).isInstanceOf(TimeoutException.class);

        assertThat(Duration.ofNanos(nanos.get())).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(65));
        patient.close();
    }

    @Test
    void whatFindsNoPlaceIsRefusedAtOnceAndIsNotWaitedFor() {
        publisher.append(event());
        publisher.append(event());

        assertThat(publisher.append(event()))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);

        publisher.start();
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();
        producer.completeNext();
        passes(Duration.ofHours(1));
        assertThat(publisher.isHealthy()).isTrue();
    }
}
