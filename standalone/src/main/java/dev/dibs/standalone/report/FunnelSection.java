package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

import dev.dibs.results.ActivityStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From requests to tickets that were used: a table with a bar in each row, to one scale. */
final class FunnelSection {
    private FunnelSection() {}

    static Html html(ActivityStats totals) {
        Funnel funnel = Funnel.of(totals);
        if (funnel.greatest() == 0) {
            return Html.of("<p>Nobody has asked for a ticket yet.</p>");
        }
        List<Html> rows = new ArrayList<>();
        for (Funnel.Step step : funnel.steps()) {
            rows.add(Html.of(
                    "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td class=\"bar\">%s</td></tr>",
                    Html.text(step.what()),
                    Html.text(number(step.count())),
                    Html.text(Words.share(step.count(), totals.requests())),
                    bar(step, funnel.greatest())));
        }
        return Html.of(
                "<p>%s</p><div class=\"scroll\"><table class=\"funnel\"><caption>From requests to tickets</caption>"
                        + "<thead><tr><th scope=\"col\">step</th><th scope=\"col\">count</th>"
                        + "<th scope=\"col\">share of requests</th><td></td></tr></thead>"
                        + "<tbody>%s</tbody></table></div>",
                Html.text("Requests and answers are what the instances of the API have counted; who asks twice counts "
                        + "twice, and a winner who asks again is answered with the same ticket. Tickets are what the log "
                        + "says."),
                Html.join(rows));
    }

    private static Html bar(Funnel.Step step, long greatest) {
        // Something is never drawn as nothing.
        double width = step.count() == 0 ? 0 : Math.max(0.3, 100.0 * step.count() / greatest);
        return new Html(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                        + "<rect class=\"%s\" width=\"%.2f\" height=\"10\"/></svg>",
                step.kind().name().toLowerCase(Locale.ROOT),
                width));
    }
}
