package dev.dibs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.cluster.RedisKind;
import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Faults;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeckTest {

    private static List<String> names(RedisKind kind, long seed, int count) {
        Deck deck = new Deck(Faults.on(kind).values(), new Random(seed));
        return draws(deck, count).stream()
                .flatMap(List::stream)
                .map(Fault::name)
                .toList();
    }

    /** Until so many faults have been drawn, alone or two together. */
    private static List<List<Fault>> draws(Deck deck, int faults) {
        List<List<Fault>> draws = new ArrayList<>();
        for (int drawn = 0; drawn < faults; drawn += draws.get(draws.size() - 1).size()) {
            draws.add(deck.next());
        }
        return draws;
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

    @ParameterizedTest
    @EnumSource
    void nowAndThenTwoComeAtOnceThatConcernDifferentParts(RedisKind kind) {
        Deck deck = new Deck(Faults.on(kind).values(), new Random(11));

        List<List<Fault>> draws = draws(deck, 1_000);

        List<List<Fault>> pairs = draws.stream().filter(draw -> draw.size() > 1).toList();
        assertThat(pairs.size()).isBetween(draws.size() / 5, draws.size() / 2);
        assertThat(pairs)
                .allSatisfy(pair -> assertThat(pair).hasSize(2))
                .allSatisfy(pair -> assertThat(Collections.disjoint(
                                pair.get(0).parts(), pair.get(1).parts()))
                        .isTrue());
    }

    /** Two dead brokers of three and a third without room; Redis without its codes and no documents to have them from. */
    @ParameterizedTest
    @CsvSource({"kafka-two-killed, kafka-disk-full", "redis-flushall, documents-killed", "api-killed, recovery-killed"})
    void whatWouldBreakMoreThanIsPromisedNeverComesTogether(String one, String other) {
        Map<String, Supplier<Fault>> faults = Faults.on(RedisKind.SENTINEL);
        faults.keySet().retainAll(List.of(one, other));
        Deck deck = new Deck(faults.values(), new Random(3));

        assertThat(draws(deck, 200)).allSatisfy(draw -> assertThat(draw).hasSize(1));
    }
}
