package dev.dibs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagTest {
    private final Lag lag = new Lag();

    @Test
    void whoIsAlwaysAtTheEndIsNeverBehind() {
        lag.look(0, Map.of(0, 5L), Map.of(0, 5L));
        lag.look(1_000, Map.of(0, 9L), Map.of(0, 9L));

        assertThat(lag.longest()).isZero();
    }

    @Test
    void theOldestRecordThatIsNotReachedCounts() {
        lag.look(0, Map.of(0, 5L, 1, 5L), Map.of(0, 5L, 1, 5L));
        lag.look(1_000, Map.of(0, 9L, 1, 9L), Map.of(0, 5L, 1, 9L));
        lag.look(2_000, Map.of(0, 12L, 1, 9L), Map.of(0, 7L, 1, 9L));
        lag.look(3_000, Map.of(0, 12L, 1, 9L), Map.of(0, 9L, 1, 9L));

        assertThat(lag.longest()).isEqualTo(Duration.ofMillis(1_000));
    }

    @Test
    void whereNothingIsKnownOfIsAtTheBeginning() {
        lag.look(0, Map.of(3, 1L), Map.of());
        lag.look(700, Map.of(3, 1L), Map.of());

        assertThat(lag.longest()).isEqualTo(Duration.ofMillis(700));
    }
}
