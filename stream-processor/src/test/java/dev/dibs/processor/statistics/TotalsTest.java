package dev.dibs.processor.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.ledger.Verdict;
import dev.dibs.processor.Samples;
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
        Counts many = new Counts(0, 0, 0, 0, 0, Long.MAX_VALUE, Map.of("ended", Long.MAX_VALUE));

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
    void whatIsNoCountIsRefused() {
        assertThatThrownBy(() -> new Counts(0, 0, 0, 0, 0, 0, Map.of("ended", -1L)))
                .hasMessage("answers.ended must be at least 0 but is -1");
        Map<String, Long> longName = Map.of("x".repeat(65), 1L);
        assertThatThrownBy(() -> new Counts(0, 0, 0, 0, 0, 0, longName)).hasMessageContaining("64 characters");
    }

    private static Tally funnel(long second) {
        return Tally.of(Samples.funnel("a1", second, 1, Map.of("ended", 1L)));
    }
}
