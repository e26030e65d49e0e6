package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

import dev.dibs.measures.Distribution;
import java.util.List;

/** How long winners waited from their arrival to their ticket. */
final class WaitSection {
    private WaitSection() {}

    static Html html(Sale sale, Bars bars) {
        Distribution all = sale.totals().waits();
        Distribution kept = sale.waits().distribution();
        if (all.count() == 0 && kept.count() == 0) {
            return Html.of("<p>No winner's wait has been measured.</p>");
        }
        if (bars.bars().isEmpty()) {
            return Html.of(
                    "<p>%s</p>%s",
                    Html.text("Single waits are kept for 30 days and are gone; these figures are left."),
                    spread(all).html());
        }
        return Html.join(List.of(
                note(all, kept), chart(kept), spread(all).html(), table(bars).folded()));
    }

    private static Html note(Distribution all, Distribution kept) {
        String note = "From a winner's arrival at the API to the answer, as its instances have measured it. "
                + "Bars grow wider with the wait: a bar's end is at most an eighth above any wait in it, where no bars "
                + "were merged.";
        if (all.count() != kept.count()) {
            note += " Drawn are " + number(kept.count()) + " of " + number(all.count())
                    + " winners that were measured: older ones are kept for 30 days only, or came while this was read.";
        }
        return Html.of("<p>%s</p>", Html.text(note));
    }

    private static Html chart(Distribution waits) {
        return Chart.of(
                "waits",
                "Winners by how many milliseconds they waited at most",
                "Half of the winners waited at most " + number(waits.p50()) + " milliseconds, 95 of 100 at most "
                        + number(waits.p95()) + ", 99 of 100 at most " + number(waits.p99()) + ", everybody at most "
                        + number(waits.max()) + ".");
    }

    private static Table spread(Distribution waits) {
        return new Table("Milliseconds waited at most", "winners", "half", "95 of 100", "99 of 100", "all")
                .row(
                        number(waits.count()),
                        number(waits.p50()) + " ms",
                        number(waits.p95()) + " ms",
                        number(waits.p99()) + " ms",
                        number(waits.max()) + " ms");
    }

    private static Table table(Bars bars) {
        Table table = new Table("Winners by their wait", "milliseconds", "winners");
        for (Bars.Bar bar : bars.bars()) {
            String range = bar.over() + 1 == bar.upTo()
                    ? number(bar.upTo())
                    : number(bar.over() + 1) + " to " + number(bar.upTo());
            table.row(range, number(bar.count()));
        }
        return table;
    }
}
