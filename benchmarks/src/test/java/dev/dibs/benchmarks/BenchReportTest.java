package dev.dibs.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    @Test
    void countsTheMedianOfTheRoundsAndItsShareOfTheYardstick() {
        // Given
        Map<Scenario, List<Measurement>> rounds = new EnumMap<>(Scenario.class);
        for (Scenario scenario : Scenario.values()) {
            rounds.put(scenario, List.of(perSecond(100), perSecond(500), perSecond(900)));
        }
        rounds.put(Scenario.CONSTANT, List.of(perSecond(1_000), perSecond(5_000), perSecond(1_000)));

        // When
        BenchReport report = BenchReport.of(rounds, Map.of(), List.of());

        // Then
        assertThat(report.perSecond()).containsEntry("constant", 1_000.0).containsEntry("confirmed", 500.0);
        assertThat(report.ratios()).containsEntry("constant", 1.0).containsEntry("confirmed", 0.5);
        assertThat(report.p99Millis())
                .containsOnlyKeys("constant", "detail", "soldOut", "repeated", "confirmed", "list");
        assertThat(report.table()).hasSize(1 + Scenario.values().length);
    }

    @Test
    void countsOnlyWhatTheLedgerGranted() {
        assertThat(perSecond(500).counting(200).requests()).isEqualTo(200);
        assertThat(perSecond(500).counting(700).requests()).isEqualTo(500);
    }

    private static Measurement perSecond(long requests) {
        return new Measurement(requests, 1_000_000, 0, 0, 1_000, 2_000);
    }
}
