package dev.dibs.chaos.overload;

import dev.dibs.chaos.workload.FloodCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came out of an overload.
 *
 * @param capacityPerSecond tickets confirmed when a few buyers came one after the other
 * @param offeredPerSecond buyers who came during the overload
 * @param peakPerSecond tickets confirmed in the best interval, or the capacity where that is more
 * @param lowestPerSecond tickets confirmed in the worst interval
 * @param lowestToPeak the one by the other
 * @param residentMegabytes of each API instance
 * @param heapMegabytes after full collections, of each API instance
 * @param violations how many promises were found broken
 * @param findings the violations, in a sentence each
 * @param first the overload's first seconds, whose figures are not judged; what went wrong in them is among the totals
 * @param shortfalls what was slower or larger than it should be, or is not known, in a sentence each
 */
public record OverloadReport(
        long seed,
        double minutes,
        long inTimeMillis,
        double capacityPerSecond,
        double offeredPerSecond,
        FloodCount.Totals totals,
        double peakPerSecond,
        double lowestPerSecond,
        double lowestToPeak,
        Map<String, Trend> residentMegabytes,
        Map<String, Trend> heapMegabytes,
        long violations,
        List<String> findings,
        List<String> shortfalls,
        Interval first,
        List<Interval> intervals) {

    public boolean holds() {
        return violations == 0 && shortfalls.isEmpty();
    }

    /** For people. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%6s %9s %11s %24s %24s  %s",
                "second",
                "came/s",
                "confirmed/s",
                "confirmed ms p50/p99/max",
                "refused ms p50/p99/max",
                "resident/heap MB"));
        lines.add(line(first) + "  (not judged)");
        intervals.forEach(interval -> lines.add(line(interval)));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "seed %d, %.1f minutes: capacity %,.0f/s, offered %,.0f/s; confirmed %,d, pending %,d, refused %,d"
                        + " (%,d without Retry-After), unanswered %,d, others %s",
                seed,
                minutes,
                capacityPerSecond,
                offeredPerSecond,
                totals.confirmed().count(),
                totals.pending(),
                totals.refused().count(),
                totals.withoutRetryAfter(),
                totals.unanswered(),
                totals.others()));
        lines.add(String.format(
                Locale.ROOT,
                "refusals p50 %.1f ms, p99 %.1f ms; tickets p50 %.0f ms, p99 %.0f ms; worst interval %.2f of the best",
                totals.refused().p50(),
                totals.refused().p99(),
                totals.confirmed().p50(),
                totals.confirmed().p99(),
                lowestToPeak));
        residentMegabytes.forEach((name, trend) -> lines.add(line(name + " resident", trend)));
        heapMegabytes.forEach((name, trend) -> lines.add(line(name + " heap after collection", trend)));
        findings.forEach(finding -> lines.add("VIOLATION " + finding));
        shortfalls.forEach(shortfall -> lines.add("SHORTFALL " + shortfall));
        lines.add(violations == 0 ? "No violation." : String.format(Locale.ROOT, "%,d violations.", violations));
        return lines;
    }

    private static String line(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%6d %,9.0f %,11.0f %24s %24s  %s",
                interval.second(),
                interval.offeredPerSecond(),
                interval.confirmedPerSecond(),
                cells(interval.confirmedMillis()),
                cells(interval.refusedMillis()),
                memory(interval));
    }

    private static String cells(FloodCount.Took took) {
        return String.format(Locale.ROOT, "%,.0f/%,.0f/%,.0f", took.p50(), took.p99(), took.max());
    }

    private static String memory(Interval interval) {
        return interval.residentMegabytes().keySet().stream()
                .map(name -> String.format(
                        Locale.ROOT,
                        "%s %s/%s",
                        name,
                        megabytes(interval.residentMegabytes().get(name)),
                        megabytes(interval.heapMegabytes().get(name))))
                .collect(Collectors.joining(" "));
    }

    private static String megabytes(double known) {
        return known < 0 ? "-" : String.format(Locale.ROOT, "%.0f", known);
    }

    private static String line(String what, Trend trend) {
        return String.format(
                Locale.ROOT,
                "%s: third quarter %.0f MB, last quarter %.0f MB, highest %.0f MB%s",
                what,
                trend.middle(),
                trend.end(),
                trend.highest(),
                trend.isFlat() ? "" : trend.isKnown() ? " (grows)" : " (not known)");
    }
}
