package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

import dev.dibs.results.ActivityStats;
import dev.dibs.results.ConservationAlarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The conservation line: every code is given out, free, or not yet reached. */
final class StockSection {
    private final Sale sale;
    private final ActivityStats totals;
    private final Curve curve;

    StockSection(Sale sale, Curve curve) {
        this.sale = sale;
        this.totals = sale.totals();
        this.curve = curve;
    }

    /** Whether nothing at all contradicts the sum, now or before. */
    boolean holds() {
        return totals.holds() && sale.alarms().isEmpty() && (curve == null || brokenSeconds() == 0);
    }

    Html html() {
        List<Html> parts = new ArrayList<>();
        parts.add(Html.of(
                "<p class=\"sum %s\"><strong>%s</strong> %s</p>",
                Html.text(holds() ? "holds" : "broken"),
                Html.text(number(totals.stock()) + " in stock = " + number(totals.granted()) + " granted + "
                        + number(totals.free()) + " free + " + number(totals.unreached()) + " not yet reached."),
                Html.text(verdict())));
        parts.add(now());
        parts.add(Html.of("<p class=\"key\"><span class=\"granted\">granted</span> <span class=\"free\">free</span> "
                + "<span class=\"unreached\">not yet reached</span></p>"));
        if (curve != null && curve.sums().knowsStock()) {
            parts.add(Chart.of(
                    "stock",
                    "Tickets granted and remaining, against the stock",
                    "Granted and remaining tickets come to the stock at the end of "
                            + number(curve.sums().seconds() - curve.sums().broken()) + " of "
                            + number(curve.sums().seconds(), "second", "seconds") + "."));
        }
        parts.add(table().html());
        if (totals.voided() + totals.duplicates() > 0) {
            parts.add(Html.of(
                    "<p>%s</p>",
                    Html.text("The log also holds " + number(totals.voided(), "void record", "void records") + " and "
                            + number(totals.duplicates(), "copy", "copies")
                            + " of grabs, which take nothing from the stock.")));
        }
        alarms(parts);
        return Html.join(parts);
    }

    private long brokenSeconds() {
        return curve.sums().knowsStock() && isComplete() ? curve.sums().broken() : 0;
    }

    /** Whether the seconds hold all that the totals do; what came more than a day late is in none of them. */
    private boolean isComplete() {
        return curve.sums().granted() == totals.granted() && curve.sums().stock() == totals.stock();
    }

    private String verdict() {
        String now = totals.holds() ? "It holds" : "IT DOES NOT HOLD";
        if (curve == null || !curve.sums().knowsStock()) {
            return now + ".";
        }
        if (!isComplete()) {
            return now + ". Second by second it cannot be added up here, for the seconds lack what the totals have.";
        }
        return brokenSeconds() == 0
                ? now + ", and did at the end of each of " + number(curve.sums().seconds(), "second", "seconds")
                        + " with counts."
                : now + "; AT THE END OF " + number(brokenSeconds(), "SECOND", "SECONDS")
                        + " what was granted and what remained did not come to the stock.";
    }

    private Html now() {
        double all = Math.max(1, totals.granted() + totals.free() + totals.unreached());
        double granted = 100 * totals.granted() / all;
        double free = 100 * totals.free() / all;
        return new Html(String.format(
                Locale.ROOT,
                "<svg class=\"now\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        + "<rect class=\"unreached\" width=\"100\" height=\"10\"/>"
                        + "<rect class=\"granted\" width=\"%.3f\" height=\"10\"/>"
                        + "<rect class=\"free\" x=\"%.3f\" width=\"%.3f\" height=\"10\"/></svg>",
                granted,
                granted,
                free));
    }

    private Table table() {
        return new Table("Where the codes are now", "codes", "count", "share of the stock")
                .row("in stock", number(totals.stock()), share(totals.stock()))
                .row("granted", number(totals.granted()), share(totals.granted()))
                .row("free, below the highest given out", number(totals.free()), share(totals.free()))
                .row("not yet reached", number(totals.unreached()), share(totals.unreached()));
    }

    private String share(long codes) {
        return Words.share(codes, totals.stock());
    }

    private void alarms(List<Html> parts) {
        if (sale.alarms().isEmpty()) {
            parts.add(Html.of("<p>No alarm was raised.</p>"));
            return;
        }
        String atLeast = sale.alarms().count() == Alarms.COUNTED ? "at least " : "";
        Table table = new Table(
                "Alarms: " + atLeast + number(sale.alarms().count()) + " raised, the latest first",
                "time (UTC)",
                "what");
        sale.alarms().latest().forEach(alarm -> table.row(Words.milli(alarm.at()), inWords(alarm)));
        parts.add(table.html());
    }

    private static String inWords(ConservationAlarm alarm) {
        return "after offset " + alarm.logOffset() + " of the log: " + number(alarm.stock()) + " in stock, but "
                + number(alarm.granted()) + " granted + " + number(alarm.free()) + " free + "
                + number(alarm.unreached()) + " not yet reached";
    }
}
