package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.measures.Spread;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BarsTest {
    @Test
    void fewWaitsHaveTheirOwnBarsAndGapsAreBarsOfNobody() {
        Spread waits = new Spread();
        waits.add(3, 5);
        waits.add(6, 2);

        Bars bars = Bars.of(waits);

        assertThat(bars.bars())
                .containsExactly(
                        new Bars.Bar(2, 3, 5), new Bars.Bar(3, 4, 0), new Bars.Bar(4, 5, 0), new Bars.Bar(5, 6, 2));
    }

    @Test
    void nobodyIsLostWhereBarsAreMerged() {
        Spread waits = new Spread();
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            waits.add((long) Math.exp(random.nextDouble() * 20));
        }

        Bars bars = Bars.of(waits);

        assertThat(bars.bars()).hasSizeLessThanOrEqualTo(Bars.MOST);
        assertThat(bars.bars().stream().mapToLong(Bars.Bar::count).sum()).isEqualTo(10_000);
        assertThat(bars.bars().get(bars.bars().size() - 1).upTo())
                .isEqualTo(waits.distribution().max());
        for (int i = 1; i < bars.bars().size(); i++) {
            assertThat(bars.bars().get(i).over())
                    .isEqualTo(bars.bars().get(i - 1).upTo());
        }
    }

    @Test
    void aPercentileIsInTheBarThatHoldsIt() {
        Spread waits = new Spread();
        waits.add(0, 60);
        waits.add(5, 39);
        waits.add(900);

        Bars bars = Bars.of(waits);

        assertThat(bars.of(waits.distribution().p50())).isZero();
        assertThat(bars.bars().get(0).over()).isEqualTo(-1);
        Bars.Bar ninetyNine = bars.bars().get(bars.of(waits.distribution().p99()));
        assertThat(5L).isGreaterThan(ninetyNine.over()).isLessThanOrEqualTo(ninetyNine.upTo());
        assertThat(bars.of(Long.MAX_VALUE)).isEqualTo(bars.bars().size() - 1);
    }

    @Test
    void withoutWaitsThereAreNoBars() {
        assertThat(Bars.of(new Spread()).bars()).isEmpty();
    }
}
