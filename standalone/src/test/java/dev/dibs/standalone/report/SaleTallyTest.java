package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import dev.dibs.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SaleTallyTest {
    @Test
    void aMillionGrabsComeToTheFiguresTheyWereMadeOf() {
        GeneratedSale generated = GeneratedSale.ofAMillion("Movie Night", 3);

        Sale sale = generated.sale();

        Curve curve = Curve.of(sale.seconds());
        assertThat(curve.points()).hasSizeBetween(100, Curve.POINTS);
        assertThat(curve.sums().granted())
                .isEqualTo(1_000_000)
                .isEqualTo(sale.totals().granted());
        assertThat(curve.sums().requests())
                .isEqualTo(generated.requests())
                .isEqualTo(sale.totals().requests());
        assertThat(curve.sums().stock()).isEqualTo(1_000_000);
        assertThat(curve.sums().broken()).isZero();
        assertThat(curve.points().stream().mapToLong(Curve.Point::granted).sum())
                .isEqualTo(1_000_000);
        assertThat(sale.waits().distribution()).isEqualTo(sale.totals().waits());
        assertThat(Waits.of(sale.waits()).buckets().stream()
                        .mapToLong(Waits.Bucket::count)
                        .sum())
                .isEqualTo(1_000_000);
        assertThat(sale.unreadable()).isZero();
    }

    @Test
    void recordsOfOthersPassBy() {
        GeneratedSale generated = GeneratedSale.ofAThousand("Movie Night", 3);
        SaleTally other = new SaleTally(new ActivityId("movie"));
        SaleTally longer = new SaleTally(new ActivityId("movie-night-2"));

        generated.records(other::add);
        generated.records(longer::add);

        assertThat(other.sale(generated.activity(), Map.of())).isEmpty();
        assertThat(longer.sale(generated.activity(), Map.of())).isEmpty();
    }

    @Test
    void whatCannotBeReadIsCounted() {
        GeneratedSale generated = GeneratedSale.ofAThousand("Movie Night", 3);
        SaleTally tally = new SaleTally(new ActivityId("movie-night"));
        generated.records(tally::add);

        tally.add(Topics.ACTIVITY_STATS_PER_SECOND, bytes("movie-night:7"), bytes("{\"schemaVersion\":9}"));
        tally.add(Topics.GRAB_FUNNEL, bytes("movie-night"), bytes("no JSON"));
        tally.add(Topics.GRAB_FUNNEL, null, bytes("no JSON"));
        tally.add(Topics.ACTIVITY_STATS, bytes("movie-night"), null);

        Sale sale = tally.sale(generated.activity(), Map.of()).orElseThrow();
        assertThat(sale.unreadable()).isEqualTo(2);
        assertThat(sale.totals().granted()).isEqualTo(1_000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
