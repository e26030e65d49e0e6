package dev.dibs.processor.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Verdict;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.processor.PlainFairness;
import dev.dibs.processor.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OrderTest {
    private static final long TIME = Samples.TIME;

    static java.util.stream.LongStream seeds() {
        return java.util.stream.LongStream.concat(
                java.util.stream.LongStream.rangeClosed(1, 20), java.util.stream.LongStream.of(System.nanoTime()));
    }

    @Test
    void whoeverIsGivenACodeInTheOrderOfArrivalIsNotOvertaken() {
        Order order = Order.empty();

        for (int sequence = 0; sequence < 1_000; sequence++) {
            order.add(new Arrival(5, sequence, TIME + sequence / 3));
        }

        assertThat(order.fairness())
                .isEqualTo(new Fairness(
                        1_000, 0, 0, 0, 0, new Distribution(1_000, 0, 0, 0, 0), new Distribution(1_000, 0, 0, 0, 0)));
    }

    @Test
    void whoeverArrivedEarlierAndCameLaterLosesAPlaceToEachOfThoseBefore() {
        Order order = Order.empty();
        order.add(new Arrival(5, 0, TIME + 10));
        order.add(new Arrival(5, 1, TIME + 12));
        order.add(new Arrival(5, 2, TIME + 12));

        order.add(new Arrival(5, 3, TIME + 10));

        assertThat(order.fairness())
                .isEqualTo(
                        new Fairness(4, 0, 2, 1, 0, new Distribution(4, 0, 2, 2, 2), new Distribution(4, 0, 2, 2, 2)));
    }

    @Test
    void theOrderIsThatOfGivingOutNotThatOfTheLog() {
        Order inOrder = Order.empty();
        Order mixed = Order.empty();
        List<Arrival> arrivals = new ArrayList<>();
        for (int sequence = 0; sequence < 200; sequence++) {
            arrivals.add(new Arrival(5, sequence, TIME + sequence));
        }
        arrivals.forEach(inOrder::add);
        Collections.shuffle(arrivals, new Random(1));

        arrivals.forEach(mixed::add);

        assertThat(mixed.fairness()).isEqualTo(inOrder.fairness());
        assertThat(mixed.fairness().overtaken()).isZero();
    }

    @Test
    void aSequenceThatWasFreedCountsWhereItIsGivenOutAgain() {
        Order order = Order.empty();
        order.add(new Arrival(5, 0, TIME));
        order.add(new Arrival(5, 2, TIME + 20));

        order.add(new Arrival(9, 1, TIME + 500));
        order.add(new Arrival(9, 3, TIME + 501));

        assertThat(order.fairness().measured()).isEqualTo(4);
        assertThat(order.fairness().overtaken()).isZero();
    }

    /** Recount's way is exact; this one must be as exact in bounded room. */
    @ParameterizedTest
    @MethodSource("seeds")
    void itCountsAsManyAsComparingEachWithEach(long seed) {
        Random random = new Random(seed);
        List<TicketGrabbed> log = log(random, 600, 20, 100);
        Order order = Order.empty();

        log.forEach(grab -> order.add(arrival(grab)));

        assertThat(order.fairness()).as("seed %d", seed).isEqualTo(PlainFairness.of(log));
        assertThat(order.fairness().isExact()).isTrue();
        assertThat(order.fairness().inversions()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itGoesOnFromItsBytesAsIfNothingHadHappened(long seed) {
        Random random = new Random(seed);
        List<TicketGrabbed> log = log(random, 400, 50, 700);
        Order order = Order.empty();

        for (TicketGrabbed grab : log) {
            order.add(arrival(grab));
            byte[] bytes = OrderSerde.SERDE.serializer().serialize("order", order);
            order = OrderSerde.SERDE.deserializer().deserialize("order", bytes);
        }

        assertThat(order.fairness()).as("seed %d", seed).isEqualTo(PlainFairness.of(log));
    }

    @Test
    void whoeverComesBehindTheBoundIsCountedAndTheFiguresSayThatTheyAreNotExact() {
        Order order = Order.empty();
        // Sequence 0 does not come, until more than may be held back have come.
        for (int sequence = 1; sequence <= Order.HELD_BACK + 1; sequence++) {
            order.add(new Arrival(5, sequence, TIME + sequence));
        }

        order.add(new Arrival(5, 0, TIME));

        assertThat(order.fairness().unplaced()).isEqualTo(1);
        assertThat(order.fairness().measured()).isEqualTo(Order.HELD_BACK + 1);
        assertThat(order.fairness().isExact()).isFalse();
    }

    @Test
    void whoeverIsOvertakenFromAfarIsCountedAndTheFiguresSayThatTheyAreNotExact() {
        Order order = Order.empty();
        order.add(new Arrival(5, 0, TIME + 100));
        order.add(new Arrival(5, 1, TIME + Order.REMEMBERED_MILLIS + 200));

        order.add(new Arrival(5, 2, TIME));

        Fairness fairness = order.fairness();
        assertThat(fairness.overtaken()).isEqualTo(1);
        assertThat(fairness.overtakenFar()).isEqualTo(1);
        assertThat(fairness.inversions()).as("of two").isEqualTo(1);
        assertThat(fairness.isExact()).isFalse();
    }

    @Test
    void whateverTheSaleTheBytesAreBounded() {
        Order order = Order.empty();
        Random random = new Random(3);

        for (int i = 0; i < 20_000; i++) {
            // Every second one never comes, and everybody arrives at some other time.
            order.add(new Arrival(5, 2 * i, TIME + random.nextInt(1_000_000)));
        }

        assertThat(OrderSerde.SERDE.serializer().serialize("order", order)).hasSizeLessThan(12_000);
    }

    @Test
    void aClockThatIsAheadDoesNotMakeOthersLookOvertaken() {
        TicketGrabbed ahead = grab(5, 0, TIME + 3_600_000, TIME);

        Tally tally = Tally.of(7, ahead, Verdict.VALID);

        assertThat(tally.arrival().at()).isEqualTo(TIME);
    }

    @Test
    void whatIsNoOrderIsRefused() {
        assertThatThrownBy(() -> OrderSerde.SERDE.deserializer().deserialize("order", new byte[40]))
                .isInstanceOf(SerializationException.class);
    }

    /**
     * A log of two epochs in nearly the order of giving out.
     *
     * @param shift by how many places a record of the log may be off
     * @param lateMillis how late a request may have arrived at the claim
     */
    private static List<TicketGrabbed> log(Random random, int winners, int shift, int lateMillis) {
        List<TicketGrabbed> log = new ArrayList<>();
        for (int part = 0; part < 2; part++) {
            List<TicketGrabbed> epoch = new ArrayList<>();
            for (int i = 0; i < winners / 2; i++) {
                int sequence = part * winners / 2 + i;
                long grabbedAt = TIME + sequence;
                epoch.add(grab(5 + part, sequence, grabbedAt - random.nextInt(lateMillis), grabbedAt));
            }
            for (int i = 0; i + shift < epoch.size(); i += shift) {
                Collections.shuffle(epoch.subList(i, i + shift), random);
            }
            log.addAll(epoch);
        }
        return log;
    }

    private static Arrival arrival(TicketGrabbed grab) {
        return Tally.of(1, grab, Verdict.VALID).arrival();
    }

    private static TicketGrabbed grab(long epoch, int sequence, long requestedAt, long grabbedAt) {
        return new TicketGrabbed(
                Samples.ACTIVITY,
                epoch,
                sequence,
                new TicketId(UUID.randomUUID()),
                new UserId("user-" + sequence),
                new RequestId("r"),
                requestedAt,
                grabbedAt,
                Samples.KIND,
                "");
    }
}
