package dev.dibs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.cluster.RedisKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    private static ChaosPlan plan(Duration duration) {
        return new ChaosPlan(Path.of("data"), RedisKind.SENTINEL, 1, duration, Set.of());
    }

    @Test
    void itIsWarmedUpBeforeThePhaseWithoutFaultsAndBuyersComeAllTheWhile() {
        assertThat(plan(Duration.ofMinutes(30)).warmUp()).isEqualTo(Duration.ofSeconds(60));
        assertThat(plan(Duration.ofMinutes(30)).whole()).isEqualTo(Duration.ofMinutes(32));
        assertThat(plan(Duration.ofMinutes(1)).warmUp()).isEqualTo(Duration.ofSeconds(6));
        assertThat(plan(Duration.ofMinutes(1)).calm()).isEqualTo(Duration.ofSeconds(12));
    }
}
