package dev.dibs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.cluster.RedisKind;
import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Faults;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeckTest {

    private static List<String> names(RedisKind kind, long seed, int count) {
        Deck deck = new Deck(Faults.on(kind).values(), new Random(seed));
        return IntStream.range(0, count).mapToObj(i -> deck.next().name()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultComesOnceBeforeAnyComesAgain(RedisKind kind) {
        Map<String, Supplier<Fault>> all = Faults.on(kind);

        List<String> drawn = names(kind, 7, 2 * all.size());

        assertThat(drawn.subList(0, all.size())).containsExactlyInAnyOrderElementsOf(all.keySet());
        assertThat(drawn.subList(all.size(), drawn.size())).containsExactlyInAnyOrderElementsOf(all.keySet());
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(names(RedisKind.SENTINEL, 1, 40)).isEqualTo(names(RedisKind.SENTINEL, 1, 40));
        assertThat(names(RedisKind.SENTINEL, 1, 40)).isNotEqualTo(names(RedisKind.SENTINEL, 2, 40));
    }
}
