package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.measures.Spread;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private final Spread spread = new Spread();

    @Test
    void eachBucketIsThereAlsoThoseOfNobody() {
        spread.add(0, 2);
        spread.add(3, 5);

        Waits waits = Waits.of(spread);

        assertThat(waits.buckets())
                .containsExactly(
                        new Waits.Bucket(0, 0, 2),
                        new Waits.Bucket(1, 1, 0),
                        new Waits.Bucket(2, 2, 0),
                        new Waits.Bucket(3, 3, 5));
        assertThat(waits.drawn()).isEqualTo(4);
    }

    @Test
    void nobodyIsLostAndAnAreaIsANumberOfWinners() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            spread.add((long) Math.exp(random.nextDouble() * 20));
        }

        Waits waits = Waits.of(spread);

        assertThat(waits.buckets()).hasSizeLessThanOrEqualTo(Spread.BUCKETS);
        assertThat(waits.buckets().stream().mapToLong(Waits.Bucket::count).sum())
                .isEqualTo(10_000);
        for (int i = 1; i < waits.buckets().size(); i++) {
            assertThat(waits.buckets().get(i).from())
                    .isEqualTo(waits.buckets().get(i - 1).upTo() + 1);
        }
        assertThat(waits.buckets().stream()
                        .mapToDouble(bucket -> bucket.perMilli() * (bucket.upTo() - bucket.from() + 1))
                        .sum())
                .isEqualTo(10_000, org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void oneWhoWaitedForMinutesDoesNotPressTheOthersIntoACorner() {
        spread.add(10, 1_000);
        spread.add(20, 500);
        spread.add(60_000);

        Waits waits = Waits.of(spread);

        assertThat(waits.drawnUpTo()).isBetween(20L, 30L);
        assertThat(waits.beyond()).isEqualTo(1);
        assertThat(waits.buckets().get(waits.buckets().size() - 1).upTo())
                .isEqualTo(spread.distribution().max());
    }

    @Test
    void withoutWaitsThereIsNothing() {
        assertThat(Waits.of(new Spread()).isEmpty()).isTrue();
        assertThat(Waits.of(new Spread()).beyond()).isZero();
    }
}
