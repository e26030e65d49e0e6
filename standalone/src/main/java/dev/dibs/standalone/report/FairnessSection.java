package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import java.util.List;

/** How far the order of giving out was from the order of arrival. */
final class FairnessSection {
    private FairnessSection() {}

    static Html html(Fairness fairness) {
        if (fairness.measured() == 0) {
            return Html.of("<p>The order of no winner has been measured.</p>");
        }
        return Html.join(List.of(
                note(fairness),
                Html.of(
                        "<div class=\"pair\">%s%s</div>",
                        chart("places", "Places lost", "places", fairness.placesLost()),
                        chart("millis", "Milliseconds lost", "milliseconds", fairness.millisLost())),
                table(fairness).html()));
    }

    private static Html note(Fairness fairness) {
        String least = fairness.isExact() ? "" : "at least ";
        String note = "First come, first served: " + least + number(fairness.overtaken()) + " of "
                + number(fairness.measured(), "winner", "winners") + " ("
                + Words.share(fairness.overtaken(), fairness.measured())
                + ") got a code after somebody who had arrived a millisecond or more later, in " + least
                + number(fairness.inversions(), "inversion", "inversions")
                + " (pairs of winners in the wrong order). A winner loses a place to each who overtook, and the "
                + "milliseconds by which the latest of them had come later. Heights are at most an eighth too high.";
        if (fairness.unplaced() > 0) {
            note += " Not measured: " + number(fairness.unplaced(), "winner", "winners")
                    + " whose grab reached the log too late.";
        }
        if (fairness.overtakenFar() > 0) {
            note += " Of " + number(fairness.overtakenFar(), "winner", "winners")
                    + " overtaken from far behind, places lost may be too few.";
        }
        return Html.of("<p>%s</p>", Html.text(note));
    }

    private static Html chart(String id, String title, String unit, Distribution lost) {
        return Chart.of(
                id,
                title + ", at most, by the share of winners",
                "Half of the winners lost at most " + number(lost.p50()) + " " + unit + ", 95 of 100 at most "
                        + number(lost.p95()) + ", 99 of 100 at most " + number(lost.p99()) + ", nobody more than "
                        + number(lost.max()) + ".");
    }

    private static Table table(Fairness fairness) {
        Table table = new Table("What winners lost at most", "lost", "half", "95 of 100", "99 of 100", "all");
        row(table, "places", fairness.placesLost());
        return row(table, "milliseconds", fairness.millisLost());
    }

    private static Table row(Table table, String unit, Distribution lost) {
        return table.row(unit, number(lost.p50()), number(lost.p95()), number(lost.p99()), number(lost.max()));
    }
}
