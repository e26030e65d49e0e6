package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

import dev.dibs.measures.Distribution;
import java.util.List;

/** How long winners waited from their arrival to their ticket. */
final class WaitSection {
    private WaitSection() {}

    static Html html(Sale sale, Waits waits) {
        Distribution all = sale.totals().waits();
        if (all.count() == 0 && waits.isEmpty()) {
            return Html.of("<p>No winner's wait has been measured.</p>");
        }
        if (waits.isEmpty()) {
            return Html.of(
                    "<p>%s</p>%s",
                    Html.text("Single waits are kept for 30 days and are gone; these figures are left."),
                    spread(all).html());
        }
        return Html.join(List.of(
                note(all, waits),
                chart(waits.distribution()),
                spread(all).html(),
                table(waits).folded()));
    }

    private static Html note(Distribution all, Waits waits) {
        String note =
                "From a winner's arrival at the API until it could be told, as its instances have measured it. Waits are "
                        + "counted in steps, of a millisecond for short ones and of at most an eighth of the wait for long ones. "
                        + "Areas are winners.";
        if (waits.beyond() > 0) {
            note += " Not drawn: " + number(waits.beyond(), "winner", "winners") + " who waited longer than "
                    + number(waits.drawnUpTo()) + " ms.";
        }
        if (all.count() != waits.distribution().count()) {
            note += " Counted here are " + number(waits.distribution().count()) + " of " + number(all.count())
                    + " winners that were measured: single waits are kept for 30 days, and some may have come while this "
                    + "was read.";
        }
        return Html.of("<p>%s</p>", Html.text(note));
    }

    private static Html chart(Distribution waits) {
        return Chart.of(
                "waits",
                "Winners per millisecond of waiting",
                "Half of the winners waited at most " + number(waits.p50()) + " milliseconds, 95 of 100 at most "
                        + number(waits.p95()) + ", 99 of 100 at most " + number(waits.p99()) + ", everybody at most "
                        + number(waits.max()) + ".");
    }

    private static Table spread(Distribution waits) {
        return new Table("How long winners waited at most", "winners", "half", "95 of 100", "99 of 100", "all")
                .row(
                        number(waits.count()),
                        number(waits.p50()) + " ms",
                        number(waits.p95()) + " ms",
                        number(waits.p99()) + " ms",
                        number(waits.max()) + " ms");
    }

    private static Table table(Waits waits) {
        Table table = new Table("Winners by how long they waited", "milliseconds", "winners");
        for (Waits.Bucket bucket : waits.buckets()) {
            String range = bucket.from() == bucket.upTo()
                    ? number(bucket.upTo())
                    : number(bucket.from()) + " to " + number(bucket.upTo());
            table.row(range, number(bucket.count()));
        }
        return table;
    }
}
