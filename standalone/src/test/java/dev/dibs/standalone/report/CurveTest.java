package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveTest {
    private final Seconds seconds = new Seconds();

    @Test
    void aShortSaleHasAPointForEachSecond() {
        add(100, 0, 0, 50, 50);
        add(1_000, 20, 90, 0, 30);
        add(1_002, 30, 60, 0, 0);

        Curve curve = Curve.of(seconds);

        assertThat(curve.width()).isEqualTo(1);
        assertThat(curve.points()).extracting(Curve.Point::at).containsExactly(999L, 1_000L, 1_001L, 1_002L, 1_003L);
        assertThat(curve.points()).extracting(Curve.Point::granted).containsExactly(0L, 20L, 0L, 30L, 0L);
        assertThat(curve.points()).extracting(Curve.Point::requests).containsExactly(0L, 90L, 0L, 60L, 0L);
        assertThat(curve.points()).extracting(Curve.Point::remaining).containsExactly(50L, 30L, 30L, 0L, 0L);
        assertThat(curve.points()).extracting(Curve.Point::stock).containsOnly(50L);
        assertThat(curve.busiest()).isEqualTo(new Curve.Peak(1_002, 30));
        assertThat(curve.mostAsked()).isEqualTo(new Curve.Peak(1_000, 90));
        assertThat(curve.sums().broken()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"60", "299", "300", "1000", "7200", "90000", "500000"})
    void aLongSaleHasABoundedNumberOfPointsAndLosesNothing(long length) {
        long begin = 1_795_176_017L;
        LongStream.range(0, length).forEach(i -> add(begin + i, i % 7, 10 + i % 3, 0, 0));

        Curve curve = Curve.of(seconds);

        assertThat(curve.points()).hasSizeBetween(1, Curve.POINTS);
        assertThat(curve.points().stream().mapToLong(Curve.Point::granted).sum())
                .isEqualTo(LongStream.range(0, length).map(i -> i % 7).sum())
                .isEqualTo(curve.sums().granted());
        assertThat(curve.points().stream().mapToLong(Curve.Point::requests).sum()
                        + curve.left().requestsBefore()
                        + curve.left().requestsAfter())
                .isEqualTo(curve.sums().requests());
        assertThat(curve.from() % curve.width()).isZero();
        assertThat(curve.busiest().count()).isEqualTo(6);
    }

    @Test
    void redemptionsAndScriptsOfLaterDaysDoNotPressTheSaleIntoACorner() {
        LongStream.range(0, 5).forEach(i -> add(10_000 + i, 100, 1_000, i == 0 ? 500 : 0, 400 - 100 * i));
        seconds.put(new CountedSecond(10_000 + 20 * 86_400, 0, 500, 0, 0, 0, 0));
        LongStream.range(0, 1_000).forEach(i -> add(20_000 + 3_600 * i, 0, 1, 0, 0));

        Curve curve = Curve.of(seconds);

        assertThat(curve.width()).isEqualTo(1);
        assertThat(curve.points()).hasSizeLessThan(30);
        assertThat(curve.left()).isEqualTo(new Curve.Left(0, 1_000));
        assertThat(curve.sums()).isEqualTo(new Curve.Sums(1_006, 500, 6_000, 500, 0));
    }

    @Test
    void aSecondAtWhoseEndTheStockDoesNotComeOutIsCounted() {
        add(10, 0, 0, 100, 100);
        add(11, 10, 10, 0, 90);
        add(12, 10, 10, 0, 79);
        add(13, 10, 10, 0, 70);

        assertThat(Curve.of(seconds).sums().broken()).isEqualTo(1);
    }

    @Test
    void requestsAloneAreDrawnToo() {
        add(10, 0, 3, 0, 0);
        add(12, 0, 4, 0, 0);

        Curve curve = Curve.of(seconds);

        assertThat(curve.points()).extracting(Curve.Point::requests).containsExactly(3L, 0L, 4L);
        assertThat(curve.sums().knowsStock()).isFalse();
    }

    @Test
    void whereNothingHappenedThereIsNoCurve() {
        add(10, 0, 0, 500, 500);

        assertThat(Curve.of(seconds)).isNull();
    }

    private void add(long second, long granted, long requests, long stockAdded, long remaining) {
        seconds.put(new CountedSecond(second, granted, 0, requests, requests - granted, stockAdded, remaining));
    }
}
