package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WidthsTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, a second",
        "298, 1, a second",
        "299, 2, 2 seconds",
        "7200, 30, 30 seconds",
        "17880, 60, a minute",
        "86400, 300, 5 minutes",
        "1000000, 3600, an hour",
        "2500000, 10800, 3 hours",
        "25747200, 86400, a day",
        "31536000, 172800, 2 days"
    })
    void isWhatAClockKnows(long seconds, long width, String words) {
        assertThat(Widths.of(seconds, 300)).isEqualTo(width);
        assertThat(Widths.inWords(width)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000, 100_000, 10_000_000, 3_000_000_000L})
    void soManyPointsAreAlwaysEnough(long seconds) {
        assertThat(seconds / Widths.of(seconds, 300) + 2).isLessThanOrEqualTo(300);
    }
}
