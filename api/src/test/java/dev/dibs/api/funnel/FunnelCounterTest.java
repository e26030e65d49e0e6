package dev.dibs.api.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import dev.dibs.api.TestClock;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.codec.GrabFunnelCodec;
import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ids.ActivityId;
import dev.dibs.measures.TopAddresses;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FunnelCounterTest {
    private static final ActivityId NIGHT = new ActivityId("night");

    private final TestClock clock = new TestClock();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final FunnelCounter funnel = new FunnelCounter(
            producer, clock, "api-1", UnaryOperator.identity(), Generators.timeBasedEpochRandomGenerator());

    private List<GrabFunnel> sent() {
        return producer.history().stream()
                .map(record -> {
                    try {
                        return GrabFunnelCodec.decode(record.value());
                    } catch (UndecodableRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private void refuse() {
        funnel.requested(NIGHT);
        funnel.answered(NIGHT, Plain.SOLD_OUT, "192.0.2.1");
    }

    @Test
    void aSecondHasWhatHappenedInItWheneverItIsSent() {
        // Given
        long first = clock.seconds();
        refuse();
        clock.goOn(Duration.ofMillis(1_700));
        refuse();
        refuse();
        // When
        clock.goOn(Duration.ofMillis(600));
        funnel.flush();
        // Then
        assertThat(sent()).extracting(GrabFunnel::second).containsExactly(first, first + 1);
        assertThat(sent()).extracting(GrabFunnel::requests).containsExactly(1L, 2L);
        assertThat(sent()).allSatisfy(counted -> assertThat(counted.answers()).containsOnlyKeys("soldOut"));
        assertThat(funnel.total("soldOut")).isEqualTo(3);
    }

    @Test
    void aSecondThatIsNotOverIsNotSent() {
        refuse();
        clock.goOn(Duration.ofMillis(999));
        funnel.flush();
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatIsCountedWhenTheSecondHasBeenSentIsSentAsARecordOfItsOwn() {
        // Given a clock that goes back
        refuse();
        clock.goOn(Duration.ofSeconds(1));
        funnel.flush();
        clock.goOn(Duration.ofSeconds(-1));
        refuse();
        // When
        clock.goOn(Duration.ofSeconds(1));
        funnel.flush();
        // Then
        assertThat(sent()).extracting(GrabFunnel::second).containsOnly(clock.seconds() - 1);
        assertThat(sent()).extracting(GrabFunnel::requests).containsExactly(1L, 1L);
        assertThat(producer.history())
                .extracting(record ->
                        new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .doesNotHaveDuplicates();
    }

    @Test
    void aWaitThatIsCountedWhenTheSecondHasBeenSentIsSentAsWell() {
        // Given a second that has been sent
        refuse();
        clock.goOn(Duration.ofSeconds(1));
        funnel.flush();
        clock.goOn(Duration.ofSeconds(-1));
        // When nothing but a winner is counted in it
        funnel.won(NIGHT, clock.millis() - 5);
        clock.goOn(Duration.ofSeconds(1));
        funnel.flush();
        // Then
        assertThat(sent()).extracting(GrabFunnel::waits).containsExactly(Map.of(), Map.of(5L, 1L));
    }

    @Test
    void whatKafkaDoesNotTakeIsSentLater() {
        // Given
        refuse();
        clock.goOn(Duration.ofSeconds(1));
        producer.partitionsForException = new TimeoutException("away");
        funnel.flush();
        assertThat(sent()).isEmpty();
        // When
        clock.goOn(Duration.ofSeconds(20));
        producer.partitionsForException = null;
        funnel.flush();
        // Then
        assertThat(sent()).extracting(GrabFunnel::second).containsExactly(clock.seconds() - 21);
    }

    @Test
    void whatKafkaDoesNotTakeForLongIsForgotten() {
        producer.partitionsForException = new TimeoutException("away");
        for (int i = 0; i < 100; i++) {
            refuse();
            clock.goOn(Duration.ofSeconds(1));
            funnel.flush();
        }
        producer.partitionsForException = null;
        funnel.flush();
        assertThat(sent()).hasSize(30);
    }

    @Test
    void nothingIsLostOrCountedTwiceWhileManyCountAndSecondsPass() throws InterruptedException {
        // Given
        AtomicBoolean over = new AtomicBoolean();
        long[] counted = new long[4];
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < counted.length; i++) {
            int mine = i;
            crowd.add(new Thread(() -> {
                while (!over.get()) {
                    refuse();
                    funnel.won(NIGHT, 0);
                    counted[mine]++;
                }
            }));
        }
        // When
        crowd.forEach(Thread::start);
        for (int i = 0; i < 60; i++) {
            clock.goOn(Duration.ofMillis(333));
            funnel.flush();
        }
        over.set(true);
        for (Thread one : crowd) {
            one.join();
        }
        funnel.close();
        // Then
        long all = List.of(counted[0], counted[1], counted[2], counted[3]).stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(sent().stream().mapToLong(GrabFunnel::requests).sum()).isEqualTo(all);
        assertThat(funnel.total("soldOut")).isEqualTo(all);
        assertThat(sent().stream()
                        .flatMap(part -> part.waits().values().stream())
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(all);
        assertThat(sent().stream()
                        .flatMap(part -> part.refusedAddresses().list().stream())
                        .mapToLong(TopAddresses.Address::atLeast)
                        .sum())
                .isEqualTo(all);
    }
}
