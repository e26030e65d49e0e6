package dev.dibs.processor.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.funnel.GrabFunnel;
import dev.dibs.ledger.Verdict;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
import dev.dibs.processor.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TotalsTest {
    private static final long NOW = Samples.SECOND + 30 * 86_400;

    @Test
    void theFirstAndTheLastGrabAreThoseByTheirTimeNotByTheirPlaceInTheLog() {
        Totals totals = Totals.NONE
                .plus(Tally.of(5, Samples.grab(0, 7, "anna"), Verdict.VALID), NOW)
                .plus(Tally.of(6, Samples.grab(0, 3, "bert"), Verdict.VALID), NOW)
                .plus(Tally.of(7, Samples.grab(0, 1, "carl"), Verdict.VOID_EPOCH), NOW);

        assertThat(totals.firstGrabbedAt()).isEqualTo(Samples.TIME + 3);
        assertThat(totals.lastGrabbedAt()).isEqualTo(Samples.TIME + 7);
        assertThat(totals.logOffset()).isEqualTo(7);
    }

    @Test
    void nothingIsDroppedBeforeADayHasPassed() {
        Totals totals = Totals.NONE.plus(funnel(Samples.SECOND), NOW);
        Totals fresh = totals.droppedBefore(totals.keepFrom());

        Totals nextDay = fresh.plus(funnel(Samples.SECOND + Totals.KEPT_SECONDS - 1), NOW);

        assertThat(nextDay.keepFrom() <= Samples.SECOND).isTrue();
        assertThat(nextDay.keeps(Samples.SECOND)).isTrue();
    }

    @Test
    void aClockThatIsAheadDropsNothing() {
        Totals totals = Totals.NONE.plus(funnel(NOW * 1_000), Samples.SECOND);

        assertThat(totals.keepFrom()).isEqualTo(Samples.SECOND - Totals.KEPT_SECONDS);
    }

    @Test
    void sumsStopAtTheLargestNumberRatherThanTurnNegative() {
        Counts many = new Counts(0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Map.of("ended", Long.MAX_VALUE));

        Counts more = many.plus(many);

        assertThat(more).isEqualTo(many);
    }

    @Test
    void aTallySurvivesItsBytes() {
        Totals totals = Totals.NONE
                .plus(Tally.of(5, Samples.grab(0, 7, "anna"), Verdict.VALID), NOW)
                .plus(funnel(Samples.SECOND), NOW)
                .droppedBefore(9);

        byte[] bytes = Totals.SERDE.serializer().serialize("totals", totals);

        assertThat(Totals.SERDE.deserializer().deserialize("totals", bytes)).isEqualTo(totals);
    }

    @Test
    void whatInstancesHaveMeasuredIsAddedUpAndSurvivesItsBytes() {
        Demand one = demand("a1", Map.of(3L, 2L, 17L, 1L), new Address("aa", 5, 5), new Address("bb", 1, 1));
        Demand other = demand("a2", Map.of(3L, 1L), new Address("bb", 9, 9));

        Demand sum = one.plus(other);

        byte[] bytes = Demand.SERDE.serializer().serialize("demand", sum);
        assertThat(Demand.SERDE.deserializer().deserialize("demand", bytes)).isEqualTo(sum);
        assertThat(sum.waiting()).isEqualTo(new Distribution(4, 3, 17, 17, 17));
        assertThat(sum.refusedAddresses().list()).containsExactly(new Address("bb", 10, 10), new Address("aa", 5, 5));
    }

    private static Demand demand(String instance, Map<Long, Long> waits, Address... refused) {
        return Demand.of(new GrabFunnel(
                Samples.ACTIVITY,
                instance,
                Samples.SECOND,
                20,
                Map.of(),
                waits,
                new TopAddresses(List.of(refused), 0)));
    }

    @Test
    void whatIsNoCountIsRefused() {
        assertThatThrownBy(() -> new Counts(0, 0, 0, 0, 0, 0, 0, Map.of("ended", -1L)))
                .hasMessage("answers.ended must be at least 0 but is -1");
        Map<String, Long> longName = Map.of("x".repeat(65), 1L);
        assertThatThrownBy(() -> new Counts(0, 0, 0, 0, 0, 0, 0, longName)).hasMessageContaining("64 characters");
    }

    private static Tally funnel(long second) {
        return Tally.of(Samples.funnel("a1", second, 1, Map.of("ended", 1L)));
    }
}
