package dev.dibs.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.Seeds;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SpreadTest {

    static java.util.stream.LongStream seeds() {
        return Seeds.upTo(20);
    }

    @Test
    void everyValueLiesInItsBucketAndABucketIsAtMostAnEighthWide() {
        for (int bucket = 0; bucket < Spread.BUCKETS; bucket++) {
            long greatest = Spread.upperBound(bucket);
            long smallest = bucket == 0 ? 0 : Spread.upperBound(bucket - 1) + 1;

            assertThat(Spread.bucket(greatest)).isEqualTo(bucket);
            assertThat(Spread.bucket(smallest)).isEqualTo(bucket);
            assertThat(greatest - smallest).isLessThanOrEqualTo(smallest / 8);
        }
        assertThat(Spread.upperBound(Spread.BUCKETS - 1)).isEqualTo(Spread.MAX_VALUE);
    }

    @Test
    void valuesOutOfRangeCountAsTheNearest() {
        Spread spread = new Spread();

        spread.add(Long.MIN_VALUE);
        spread.add(Long.MAX_VALUE);

        assertThat(spread.counts()).isEqualTo(Map.of(0L, 1L, Spread.MAX_VALUE, 1L));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noPercentileIsBelowTheTruthNorMoreThanAnEighthAboveIt(long seed) {
        Random random = new Random(seed);
        long[] values = random.longs(1 + random.nextInt(500), 0, 1L << (1 + random.nextInt(30)))
                .toArray();
        Spread spread = new Spread();
        for (long value : values) {
            spread.add(value);
        }

        Distribution found = spread.distribution();

        Arrays.sort(values);
        assertThat(found.count()).isEqualTo(values.length);
        assertNear(values, 50, found.p50());
        assertNear(values, 95, found.p95());
        assertNear(values, 99, found.p99());
        assertNear(values, 100, found.max());
    }

    @Test
    void aPercentileIsNotTheNextOnesForWantOfAWholeNumber() {
        Spread spread = new Spread();
        spread.add(1, 14);
        spread.add(9, 14);

        assertThat(spread.distribution().p50()).isEqualTo(1);
    }

    private static void assertNear(long[] sorted, int percent, long found) {
        long truth = sorted[(sorted.length * percent + 99) / 100 - 1];
        assertThat(found).isBetween(truth, truth + truth / 8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itDoesNotMatterWhoCountedWhat(long seed) {
        Random random = new Random(seed);
        Spread whole = new Spread();
        Spread one = new Spread();
        Spread other = new Spread();
        for (int i = 0; i < 300; i++) {
            long value = random.nextInt(100_000);
            whole.add(value);
            (random.nextBoolean() ? one : other).add(value);
        }

        Spread sum = Spread.of(one.counts());
        other.counts().forEach(sum::add);

        assertThat(sum.counts()).isEqualTo(whole.counts());
        assertThat(sum.distribution()).isEqualTo(whole.distribution());
    }

    @Test
    void countsStopAtTheLargestNumberAndAreNeverNegative() {
        Spread spread = new Spread();
        spread.add(3, Long.MAX_VALUE);

        spread.add(3, Long.MAX_VALUE);

        assertThat(spread.distribution()).isEqualTo(new Distribution(Long.MAX_VALUE, 3, 3, 3, 3));
        assertThatThrownBy(() -> spread.add(3, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whereNothingWasCountedThereIsNothing() {
        assertThat(new Spread().distribution()).isEqualTo(Distribution.NONE);
    }
}
