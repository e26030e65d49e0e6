package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

import dev.dibs.results.ActivityStats;
import java.util.ArrayList;
import java.util.List;

/** The curve of the sale: grabs, what remained, and requests, by second. */
final class SaleSection {
    private final Curve curve;
    private final ActivityStats totals;

    SaleSection(Curve curve, ActivityStats totals) {
        this.curve = curve;
        this.totals = totals;
    }

    Html html() {
        if (curve == null) {
            return totals.granted() + totals.requests() == 0
                    ? Html.of("<p>Nothing has been grabbed yet, and nobody has asked for a ticket.</p>")
                    : Html.of("<p>There are no counts by second that could be read, so there is no curve.</p>");
        }
        return Html.join(List.of(note(), grabs(), remaining(), requests(), table().folded()));
    }

    /** Where there are too many seconds to draw them. */
    static Html tooLong() {
        return Html.of(
                "<p>This sale has counts for more than %s seconds, which is more than a report holds in memory. "
                        + "Its curve is left out; all other figures are complete.</p>",
                Html.text(number(Seconds.MAX)));
    }

    private Html note() {
        List<String> sentences = new ArrayList<>();
        String each = Widths.inWords(curve.width());
        sentences.add(
                curve.width() == 1
                        ? "Each point is one second."
                        : "The sale has more seconds than the picture has room for: each point is " + each
                                + ", and speeds are the mean of it.");
        if (totals.granted() > 0) {
            sentences.add("The first ticket was granted at " + Words.milli(totals.firstGrabbedAt())
                    + " UTC, the last at " + Words.milli(totals.lastGrabbedAt()) + ".");
        }
        if (curve.busiest().count() > 0) {
            sentences.add(
                    "The busiest second was " + Words.second(curve.busiest().second()) + " UTC, with "
                            + number(curve.busiest().count(), "grab", "grabs") + ".");
        }
        if (curve.mostAsked().count() > 0) {
            sentences.add(
                    "Most requests in a second were " + number(curve.mostAsked().count()) + ", at "
                            + Words.second(curve.mostAsked().second()) + " UTC.");
        }
        long outside = curve.left().requestsBefore() + curve.left().requestsAfter();
        if (outside > 0) {
            sentences.add("Not drawn: " + number(curve.left().requestsBefore(), "request", "requests")
                    + " before this stretch and " + number(curve.left().requestsAfter()) + " after it.");
        }
        if (curve.sums().granted() != totals.granted() || curve.sums().requests() != totals.requests()) {
            sentences.add("The seconds come to " + number(curve.sums().granted()) + " grabs and "
                    + number(curve.sums().requests()) + " requests, the totals to " + number(totals.granted())
                    + " and " + number(totals.requests())
                    + ": they were read while the sale went on, or counts came more than a day late.");
        }
        return Html.of(
                "<p>%s</p><p class=\"hint\">Drag over a chart to look closer; double-click to go back.</p>",
                Html.text(String.join(" ", sentences)));
    }

    private Html grabs() {
        return Chart.of(
                "grabs",
                "Grabs per second" + mean(),
                number(totals.granted(), "grab", "grabs") + "; at most "
                        + number(curve.busiest().count()) + " in one second.");
    }

    private Html remaining() {
        if (!curve.sums().knowsStock()) {
            return Html.of(
                    "<p>What remained by second is not in these counts: they were written by an earlier version. "
                            + "<code>./dibs rebuild stats</code> counts anew.</p>");
        }
        return Chart.of(
                "remaining",
                "Tickets remaining",
                "From " + number(totals.stock(), "ticket", "tickets") + " in stock to " + number(totals.remaining())
                        + " remaining.");
    }

    private Html requests() {
        return Chart.of(
                "requests",
                "Requests and refusals per second" + mean(),
                number(totals.requests(), "request", "requests") + ", of which "
                        + number(Answers.refused(totals.answers())) + " were refused; at most "
                        + number(curve.mostAsked().count()) + " in one second.");
    }

    private String mean() {
        return curve.width() == 1 ? "" : ", mean of " + Widths.inWords(curve.width());
    }

    private Table table() {
        Table table = new Table(
                "The sale, each row " + Widths.inWords(curve.width()) + "; times in UTC",
                "from",
                "grabs",
                "tickets remaining at its end",
                "requests",
                "refusals");
        for (Curve.Point point : curve.points()) {
            table.row(
                    Words.second(point.at()),
                    number(point.granted()),
                    curve.sums().knowsStock() ? number(point.remaining()) : "not known",
                    number(point.requests()),
                    number(point.refused()));
        }
        return table;
    }
}
