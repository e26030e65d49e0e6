package dev.dibs.chaos.overload;

import dev.dibs.chaos.workload.FloodCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether an overload went as it should.
 *
 * @param capacity tickets a second that a few buyers got, one after the other
 * @param lasted seconds for which buyers came
 */
record OverloadVerdict(double capacity, FloodCount.Totals totals, double lasted, List<Interval> intervals) {
    static final int TIMES = 10;
    private static final double LEAST_OF_PEAK = 0.8;
    private static final double LEAST_OFFERED = 0.8;
    private static final double QUICK_MILLIS = 500;

    OverloadVerdict {
        intervals = List.copyOf(intervals);
    }

    /** What was slower or larger than it should be, or cannot be told; a sentence each. */
    List<String> shortfalls() {
        List<String> shortfalls = new ArrayList<>();
        rate(shortfalls);
        refusals(shortfalls);
        memory(shortfalls, "resident memory", trends(Interval::residentMegabytes));
        memory(shortfalls, "heap", trends(Interval::heapMegabytes));
        return shortfalls;
    }

    private void rate(List<String> shortfalls) {
        if (capacity <= 0 || intervals.isEmpty()) {
            shortfalls.add("nothing was confirmed to a few buyers, or the crowd was gone at once: this shows nothing");
        }
        if (offered() < LEAST_OFFERED * TIMES * capacity) {
            shortfalls.add(String.format(
                    Locale.ROOT, "only %,.0f buyers a second could be sent, so this was no such overload", offered()));
        }
        if (lowest() < LEAST_OF_PEAK * peak()) {
            shortfalls.add(String.format(
                    Locale.ROOT, "confirmed tickets fell to %,.0f a second, from %,.0f", lowest(), peak()));
        }
    }

    private void refusals(List<String> shortfalls) {
        if (totals.refused().count() == 0) {
            shortfalls.add("nobody was refused, so nothing is known of how quick that is");
        }
        if (totals.refused().p99() > QUICK_MILLIS) {
            shortfalls.add(String.format(
                    Locale.ROOT,
                    "refusals took up to %,.0f ms (p99)",
                    totals.refused().p99()));
        }
        // Not one: the crowd's clients wait for five seconds, ten times what a refusal may take, and whoever this
        // program
        // could not send is not among them.
        if (totals.unanswered() > 0) {
            shortfalls.add(totals.unanswered() + " buyers got no answer: neither a ticket nor a refusal");
        }
        if (totals.withoutRetryAfter() > 0) {
            shortfalls.add(totals.withoutRetryAfter() + " refusals did not say when to come again");
        }
        totals.others().forEach((ret, times) -> shortfalls.add(times + " buyers were answered ret " + ret));
    }

    private static void memory(List<String> shortfalls, String what, Map<String, Trend> trends) {
        trends.forEach((name, trend) -> {
            if (!trend.isKnown()) {
                shortfalls.add("the " + what + " of " + name + " is not known; the heap needs the jcmd of a JDK");
            } else if (!trend.isFlat()) {
                shortfalls.add("the " + what + " of " + name + " grows: " + trend);
            }
        });
    }

    /** Buyers a second who were sent. */
    double offered() {
        return (totals.sent() - totals.notSent()) / lasted;
    }

    /** Tickets a second in the best interval, or when a few buyers came one after the other if that was better. */
    double peak() {
        return intervals.stream().mapToDouble(Interval::confirmedPerSecond).reduce(capacity, Math::max);
    }

    /** Tickets a second in the worst interval. */
    double lowest() {
        return intervals.stream()
                .mapToDouble(Interval::confirmedPerSecond)
                .min()
                .orElse(0);
    }

    /** By API instance. */
    Map<String, Trend> trends(Function<Interval, Map<String, Double>> figure) {
        Map<String, List<Double>> figures = new TreeMap<>();
        intervals.forEach(interval -> figure.apply(interval)
                .forEach((name, megabytes) ->
                        figures.computeIfAbsent(name, n -> new ArrayList<>()).add(megabytes)));
        Map<String, Trend> trends = new TreeMap<>();
        figures.forEach((name, all) -> trends.put(name, Trend.of(all)));
        return trends;
    }
}
