package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

import dev.dibs.results.ActivityStats;
import java.util.ArrayList;
import java.util.List;

/** The figures that everybody asks for first. */
final class Tiles {
    private final List<Html> tiles = new ArrayList<>();
    private final Sale sale;
    private final ActivityStats totals;

    Tiles(Sale sale, Curve curve) {
        this.sale = sale;
        this.totals = sale.totals();
        tile("tickets granted", number(totals.granted()), "of " + number(totals.stock()));
        speed();
        if (curve != null && curve.busiest().count() > 0) {
            tile("busiest second", number(curve.busiest().count()), "grabs");
        }
        tile("requests", number(totals.requests()), number(Answers.refused(totals.answers())) + " refused");
        if (totals.waits().count() > 0) {
            tile(
                    "winners waited",
                    number(totals.waits().p50()) + " ms",
                    "half of them; 99 of 100 at most " + number(totals.waits().p99()) + " ms");
        }
        if (totals.fairness().measured() > 0) {
            tile(
                    "overtaken",
                    Words.share(totals.fairness().overtaken(), totals.fairness().measured()),
                    "of the winners");
        }
        boolean holds = new StockSection(sale, curve).holds();
        tile("stock adds up", holds ? "yes" : "NO", number(sale.alarms().count(), "alarm", "alarms"));
    }

    Html html() {
        return Html.join(tiles);
    }

    private void speed() {
        long opens = sale.activity().startTime() * 1_000;
        if (totals.soldOutAt() > 0) {
            // Codes that were given out before the opening, as an activity that was moved has, take no time.
            tile("sold out after", Words.took(Math.max(0, totals.soldOutAt() - opens)), "from the opening");
        } else if (totals.granted() > 0) {
            tile("remaining", number(totals.remaining()), "not sold out");
        }
    }

    private void tile(String what, String figure, String more) {
        tiles.add(Html.of(
                "<div><dt>%s</dt><dd>%s</dd><dd class=\"more\">%s</dd></div>",
                Html.text(what), Html.text(figure), Html.text(more)));
    }
}
