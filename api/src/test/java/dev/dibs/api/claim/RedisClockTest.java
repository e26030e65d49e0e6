package dev.dibs.api.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RedisClockTest {
    private static final long NOW = 1_000_000;
    private final RedisClock clock = new RedisClock(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @Test
    void itIsSetByTheMiddleOfAReading() {
        clock.read(NOW, NOW + 20, NOW + 60_010);

        assertThat(clock.millis()).isEqualTo(NOW + 60_000);
    }

    /** A second on the way there and none on the way back: by its middle Redis would be half a second ahead. */
    @Test
    void aReadingThatTookLongDoesNotSetItWrong() {
        clock.read(NOW, NOW + 20, NOW + 10);

        clock.read(NOW, NOW + 1_000, NOW + 1_000);

        assertThat(clock.millis()).isEqualTo(NOW);
    }

    @Test
    void whileThereIsNoBetterOneItCounts() {
        clock.read(NOW, NOW + 1_000, NOW + 60_500);
        assertThat(clock.millis()).isEqualTo(NOW + 60_000);

        clock.read(NOW, NOW + 100, NOW + 59_050);
        assertThat(clock.millis()).isEqualTo(NOW + 59_000);
    }
}
