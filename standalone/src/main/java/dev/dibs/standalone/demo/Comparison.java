package dev.dibs.standalone.demo;

import dev.dibs.audit.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What the buyers saw beside what the servers hold: the two must tell the same story. */
final class Comparison {
    private final List<String> violations;

    private Comparison(List<String> violations) {
        this.violations = new ArrayList<>(violations);
    }

    /** @param violations that have been found so far */
    static DemoReport of(
            DemoOptions options, long stock, CrowdHistory history, Figures audit, List<String> violations) {
        Comparison comparison = new Comparison(violations);
        long confirmed = history.confirmed();
        comparison.expect("stock in the log", stock, audit.stock());
        comparison.expect("tickets the buyers were told of", Math.min(stock, options.buyers()), confirmed);
        comparison.expect("grabs still pending", 0, history.pending());
        comparison.expect("distinct winners", confirmed, history.distinctWinners());
        comparison.expect("valid grabs in the log", confirmed, audit.logValid());
        comparison.expect("distinct winners in the log", confirmed, audit.distinctWinners());
        comparison.expect("tickets held in Redis", confirmed, audit.redisIssued());
        comparison.expect("tickets in the document database", confirmed, audit.mongoTickets());
        comparison.expect("rows of the result topic", confirmed, audit.resultRows());
        comparison.expect("tickets in the statistics", confirmed, audit.statsGranted());
        comparison.expect("rows of the CSV file", confirmed, audit.csvRows());
        return new DemoReport(
                stock,
                options.buyers(),
                history.requests(),
                confirmed,
                history.pending(),
                history.distinctWinners(),
                audit.logValid(),
                audit.logVoid(),
                audit.logDuplicates(),
                audit.redisIssued(),
                audit.mongoTickets(),
                audit.resultRows(),
                audit.statsGranted(),
                audit.csvRows(),
                comparison.violations,
                history.answers(),
                figures(history),
                options.seed());
    }

    private void expect(String what, long expected, long found) {
        if (expected != found) {
            violations.add(String.format(Locale.ROOT, "%s: expected %,d, found %,d", what, expected, found));
        }
    }

    private static DemoReport.Figures figures(CrowdHistory history) {
        double seconds = Math.max(1, history.rush().toMillis()) / 1e3;
        return new DemoReport.Figures(
                history.sellOut().toMillis(),
                millis(history.winnersLatencies(), 50),
                millis(history.winnersLatencies(), 99),
                millis(history.latencies(), 50),
                millis(history.latencies(), 99),
                Math.round(history.rushAnswers() / seconds));
    }

    private static double millis(Histogram micros, double percentile) {
        return Math.round(micros.getValueAtPercentile(percentile) / 10.0) / 100.0;
    }
}
