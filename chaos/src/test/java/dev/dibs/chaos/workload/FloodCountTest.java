package dev.dibs.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aNewBeginningForgetsAll() {
        count.sent();
        count.pending();
        count.unanswered();
        count.other(-10);
        count.confirmed(MILLI);

        count.reset();

        FloodCount.Totals totals = count.totals();
        assertThat(totals.sent() + totals.pending() + totals.unanswered()).isZero();
        assertThat(totals.confirmed().count()).isZero();
        assertThat(totals.others()).isEmpty();
        assertThat(count.recent().sent()).isZero();
    }

    @Test
    void newFiguresForgetNothingThatWentWrong() {
        count.sent();
        count.notSent();
        count.pending();
        count.unanswered();
        count.other(-10);
        count.confirmed(MILLI);
        count.refused(MILLI, false);

        count.resetFigures();

        FloodCount.Totals totals = count.totals();
        assertThat(totals.sent() + totals.notSent()).isZero();
        assertThat(totals.confirmed().count() + totals.refused().count()).isZero();
        assertThat(totals.pending()).isEqualTo(1);
        assertThat(totals.unanswered()).isEqualTo(1);
        assertThat(totals.withoutRetryAfter()).isEqualTo(1);
        assertThat(totals.others()).containsOnlyKeys(-10);
    }
}
