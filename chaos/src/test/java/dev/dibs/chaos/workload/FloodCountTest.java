package dev.dibs.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FloodCountTest {
    private static final long MILLI = 1_000_000;
    private final FloodCount count = new FloodCount();

    @Test
    void eachLookTellsOfWhatCameSinceTheLast() {
        count.sent();
        count.confirmed(20 * MILLI);
        count.recent();
        count.sent();
        count.sent();
        count.refused(3 * MILLI, true);
        count.refused(5 * MILLI, false);

        FloodCount.Recent recent = count.recent();

        assertThat(recent.sent()).isEqualTo(2);
        assertThat(recent.confirmed().count()).isZero();
        assertThat(recent.refused().count()).isEqualTo(2);
        assertThat(recent.refused().max()).isBetween(4.9, 5.1);
        FloodCount.Totals totals = count.totals();
        assertThat(totals.sent()).isEqualTo(3);
        assertThat(totals.confirmed().count()).isEqualTo(1);
        assertThat(totals.withoutRetryAfter()).isEqualTo(1);
    }

    @Test
    void whatWentWrongBeforeIsAddedAndNoFigure() {
        FloodCount before = new FloodCount();
        before.sent();
        before.confirmed(MILLI);
        before.refused(MILLI, false);
        before.pending();
        before.unanswered();
        before.other(-10);
        count.sent();
        count.other(-10);
        count.other(-2);
        count.confirmed(2 * MILLI);

        FloodCount.Totals totals = count.totals().withTroublesOf(before.totals());

        assertThat(totals.sent()).isEqualTo(1);
        assertThat(totals.confirmed().count()).isEqualTo(1);
        assertThat(totals.refused().count()).isZero();
        assertThat(totals.pending()).isEqualTo(1);
        assertThat(totals.unanswered()).isEqualTo(1);
        assertThat(totals.withoutRetryAfter()).isEqualTo(1);
        assertThat(totals.others()).containsOnly(Map.entry(-10, 2L), Map.entry(-2, 1L));
    }
}
