package dev.dibs.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final Map<String, Long> KEYS = Map.of("redis-a", 0L, "redis-b", 12L, "redis-c", 3L);

    @Test
    void aNodeThatHoldsNothingIsNeverStruck() {
        Random random = new Random(5);
        Set<String> struck = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            struck.add(Choice.oneThatHolds(List.of("redis-a", "redis-b", "redis-c"), KEYS::get, random)
                    .orElseThrow());
        }

        assertThat(struck).containsExactlyInAnyOrder("redis-b", "redis-c");
    }

    @Test
    void whereNoneHoldsAnythingNoneIsStruck() {
        assertThat(Choice.oneThatHolds(List.of("redis-a"), KEYS::get, new Random(5)))
                .isEmpty();
    }
}
