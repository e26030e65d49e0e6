package dev.dibs.standalone.report;

import static dev.dibs.standalone.report.Words.number;

import dev.dibs.results.ActivityStats;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page: one file with everything in it that it needs. */
final class ReportPage {
    private final ChartLibrary library;
    private final Template template;
    private final Inline style;
    private final Inline script;

    ReportPage() {
        library = ChartLibrary.load();
        template = new Template(Resources.own("report.html"));
        style = Inline.style(Resources.own("report.css"));
        script = Inline.script(Resources.own("report.js"));
    }

    /** @param version of Dibs, as it calls itself */
    String of(Sale sale, Instant madeAt, String version) {
        Curve curve = sale.seconds().hasTooMany() ? null : Curve.of(sale.seconds());
        Waits waits = Waits.of(sale.waits());
        Inline libraryScript = Inline.script(library.script());
        Inline libraryStyle = Inline.style(library.style());
        Map<String, Html> parts = new HashMap<>();
        parts.put("policy", policy(List.of(libraryScript, script), List.of(libraryStyle, style)));
        parts.put("title", Html.text("Sale of " + sale.activity().name()));
        parts.put("library-style", libraryStyle.html());
        parts.put("style", style.html());
        parts.put("name", Html.name(sale.activity().name()));
        parts.put("about", about(sale));
        parts.put("tiles", new Tiles(sale, curve).html());
        parts.put(
                "sale",
                sale.seconds().hasTooMany() ? SaleSection.tooLong() : new SaleSection(curve, sale.totals()).html());
        parts.put("funnel", FunnelSection.html(sale.totals()));
        parts.put("waits", WaitSection.html(sale, waits));
        parts.put("fairness", FairnessSection.html(sale.totals().fairness()));
        parts.put("stock", new StockSection(sale, curve).html());
        parts.put("made", made(sale, madeAt, version));
        parts.put("library", Html.text("uPlot " + library.version()));
        parts.put("license", Html.text(library.license().strip()));
        parts.put("figures", FiguresJson.of(sale, curve, waits));
        parts.put("library-script", libraryScript.html());
        parts.put("script", script.html());
        return template.filled(parts);
    }

    /** Nothing from anywhere, and no script or style but those that were put here. */
    private static Html policy(List<Inline> scripts, List<Inline> styles) {
        return Html.of(
                "default-src 'none'; script-src %s; style-src %s; base-uri 'none'; form-action 'none'",
                sources(scripts), sources(styles));
    }

    private static Html sources(List<Inline> allowed) {
        return new Html(allowed.stream().map(Inline::source).collect(Collectors.joining(" ")));
    }

    private static Html about(Sale sale) {
        return Html.of(
                "Activity <code>%s</code>, %s, on sale from %s to %s UTC.",
                Html.text(sale.activity().activityId().value()),
                Html.text(sale.activity().state().name().toLowerCase(Locale.ROOT)),
                Html.text(Words.second(sale.activity().startTime())),
                Html.text(Words.second(sale.activity().endTime())));
    }

    private static Html made(Sale sale, Instant at, String version) {
        ActivityStats totals = sale.totals();
        String position = totals.logOffset() < 0
                ? "before any record of this activity in the log"
                : "as of offset " + totals.logOffset() + " in partition " + totals.logPartition()
                        + " of the log, the activity's last record that is counted";
        String unreadable = sale.unreadable() == 0
                ? ""
                : " " + number(sale.unreadable(), "record", "records")
                        + " of the statistics could not be read and are in no figure here.";
        String readTo = sale.readTo().entrySet().stream()
                .map(partition -> partition.getKey() + " to offset " + partition.getValue())
                .collect(Collectors.joining(", "));
        return Html.of(
                "<p>%s</p><p>%s</p>",
                Html.text("Made at " + Words.second(at.getEpochSecond()) + " UTC by " + version + ", " + position + "."
                        + unreadable),
                Html.text("Read: " + readTo + "."));
    }
}
