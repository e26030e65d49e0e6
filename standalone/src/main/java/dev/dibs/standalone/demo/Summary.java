package dev.dibs.standalone.demo;

import dev.dibs.standalone.console.Console;
import java.time.Duration;
import java.util.List;

/** A demo's report as a person likes to read it. */
final class Summary {
    private final Console console;

    Summary(Console console) {
        this.console = console;
    }

    void print(DemoReport report, List<String> auditLines, long lost) {
        DemoReport.Figures figures = report.figures();
        console.line("");
        if (report.confirmed() == report.stock()) {
            console.line(
                    "Sold out: %,d tickets to %,d different buyers within %s",
                    report.confirmed(),
                    report.distinctWinners(),
                    Console.spoken(Duration.ofMillis(figures.sellOutMillis())));
        } else {
            console.line(
                    "Sold: %,d of %,d tickets to %,d different buyers",
                    report.confirmed(), report.stock(), report.distinctWinners());
        }
        console.line(
                "  %,d buyers sent %,d grabs, %,d of them answered per second",
                report.buyers(), report.requests(), figures.requestsPerSecond());
        console.line("  winners waited     p50 %8.1f ms   p99 %8.1f ms", figures.p50Millis(), figures.p99Millis());
        console.line(
                "  all grabs waited   p50 %8.1f ms   p99 %8.1f ms",
                figures.answerP50Millis(), figures.answerP99Millis());
        console.line("");
        console.line("Answers to grabs");
        report.answers().forEach((ret, count) -> console.line("  %,9d  %s (ret %d)", count, Answer.named(ret), ret));
        if (lost > 0) {
            console.line("  %,9d  lost on the way, and sent again", lost);
        }
        console.line("");
        console.line("Audit");
        auditLines.forEach(line -> console.line("  " + line));
        console.line("");
        if (report.holds()) {
            console.line("Everything holds: nothing oversold, nothing lost, nobody served twice.");
        } else {
            console.line("%,d violations:", report.violations().size());
            report.violations().forEach(violation -> console.line("  " + violation));
        }
    }
}
