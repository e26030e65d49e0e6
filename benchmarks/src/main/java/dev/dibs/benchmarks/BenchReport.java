package dev.dibs.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Medians over the rounds, each keyed by {@link Scenario#key()}.
 *
 * @param perSecond answers per second
 * @param ratios the same as a share of the yardstick
 * @param p99Millis 99 of 100 answers came faster
 * @param roundsPerSecond what each round measured, in order
 * @param setting how it was measured
 * @param remarks what a reader of the figures must know
 */
public record BenchReport(
        Map<String, Double> perSecond,
        Map<String, Double> ratios,
        Map<String, Double> p99Millis,
        Map<String, List<Double>> roundsPerSecond,
        Map<String, String> setting,
        List<String> remarks) {

    static BenchReport of(Map<Scenario, List<Measurement>> rounds, Map<String, String> setting, List<String> remarks) {
        Map<Scenario, Double> speeds = medians(rounds, Measurement::perSecond);
        Map<Scenario, Double> tails = medians(rounds, Measurement::p99Millis);
        Map<String, Double> perSecond = new LinkedHashMap<>();
        Map<String, Double> ratios = new LinkedHashMap<>();
        Map<String, Double> p99Millis = new LinkedHashMap<>();
        Map<String, List<Double>> all = new LinkedHashMap<>();
        speeds.forEach((scenario, speed) -> {
            perSecond.put(scenario.key(), rounded(speed, 1));
            ratios.put(scenario.key(), rounded(speed / speeds.get(Scenario.CONSTANT), 1_000));
            p99Millis.put(scenario.key(), rounded(tails.get(scenario), 100));
            all.put(
                    scenario.key(),
                    rounds.get(scenario).stream()
                            .map(m -> rounded(m.perSecond(), 1))
                            .toList());
        });
        return new BenchReport(perSecond, ratios, p99Millis, all, setting, List.copyOf(remarks));
    }

    /** The table a person reads, one line per scenario. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%-44s %12s %9s %10s", "", "per second", "ratio", "p99 ms"));
        for (Scenario scenario : Scenario.values()) {
            String key = scenario.key();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-44s %,12.0f %9.3f %10.1f",
                    scenario.title(),
                    perSecond.get(key),
                    ratios.get(key),
                    p99Millis.get(key)));
        }
        return lines;
    }

    private static Map<Scenario, Double> medians(
            Map<Scenario, List<Measurement>> rounds, ToDoubleFunction<Measurement> figure) {
        Map<Scenario, Double> medians = new EnumMap<>(Scenario.class);
        rounds.forEach((scenario, measurements) -> {
            List<Double> sorted = new ArrayList<>(
                    measurements.stream().mapToDouble(figure).boxed().toList());
            Collections.sort(sorted);
            int middle = sorted.size() / 2;
            medians.put(
                    scenario,
                    sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
        });
        return medians;
    }

    private static double rounded(double value, double steps) {
        return Math.round(value * steps) / steps;
    }
}
