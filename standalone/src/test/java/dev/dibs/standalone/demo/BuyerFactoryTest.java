package dev.dibs.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.benchmarks.Tokens;
import dev.dibs.standalone.demo.Buyer.Habit;
import dev.dibs.standalone.demo.BuyerFactory.Registered;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuyerFactoryTest {
    private final Tokens tokens = new Tokens("k".repeat(32), Instant.now().plusSeconds(60));

    @Test
    void theSameSeedMakesTheSameCrowd() {
        List<Buyer> one = new BuyerFactory(7, tokens).crowd(500, List.of(), 10);
        List<Buyer> two = new BuyerFactory(7, tokens).crowd(500, List.of(), 10);

        assertThat(two)
                .extracting(Buyer::user)
                .isEqualTo(one.stream().map(Buyer::user).toList());
        assertThat(two)
                .extracting(Buyer::habit)
                .isEqualTo(one.stream().map(Buyer::habit).toList());
    }

    @Test
    void aCrowdHasAllHabits() {
        List<Buyer> crowd = new BuyerFactory(1, tokens).crowd(10_000, List.of(), 500);

        assertThat(crowd).extracting(Buyer::user).doesNotHaveDuplicates();
        assertThat(crowd.stream().filter(b -> b.habit() == Habit.REPEATS).count())
                .isEqualTo(500);
        assertThat(crowd.stream().filter(b -> b.habit() == Habit.PRESSES_TWICE).count())
                .isEqualTo(500);
        assertThat(crowd.stream().filter(b -> b.habit() == Habit.HAMMERS).count())
                .isEqualTo(20);
        assertThat(crowd.stream().filter(Buyer::comesTooEarly).count()).isBetween(140L, 260L);
        assertThat(crowd.stream().filter(Buyer::checksTicket).count()).isBetween(1_800L, 2_200L);
    }

    @Test
    void whoHasRegisteredComesWithItsOwnToken() {
        List<Buyer> crowd = new BuyerFactory(1, tokens).crowd(10, List.of(new Registered("ada", "token-of-ada")), 10);

        assertThat(crowd)
                .hasSize(10)
                .anyMatch(b -> b.user().equals("ada") && b.token().equals("token-of-ada"));
    }
}
