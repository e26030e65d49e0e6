package dev.dibs.chaos.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void cachesMayFillInTheFirstHalf() {
        Trend trend = Trend.of(List.of(50.0, 120.0, 200.0, 240.0, 250.0, 252.0, 251.0, 249.0));

        assertThat(trend.isFlat()).isTrue();
        assertThat(trend.highest()).isEqualTo(252);
    }

    @Test
    void whatGrowsInTheSecondHalfIsNotFlat() {
        Trend trend = Trend.of(List.of(50.0, 60.0, 70.0, 80.0, 90.0, 100.0, 150.0, 200.0));

        assertThat(trend.isFlat()).isFalse();
    }

    @Test
    void whatIsNotKnownIsNotCalledFlat() {
        Trend unknown = Trend.of(List.of(-1.0, -1.0, -1.0, -1.0));
        Trend lost = Trend.of(List.of(100.0, 100.0, 100.0, -1.0));

        assertThat(unknown.isKnown()).isFalse();
        assertThat(unknown.isFlat()).isFalse();
        assertThat(lost.isKnown()).isFalse();
        assertThat(Trend.of(List.of()).isKnown()).isFalse();
    }
}
