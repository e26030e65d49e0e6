package dev.dibs.chaos.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.workload.FloodCount;
import dev.dibs.chaos.workload.FloodCount.Took;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverloadReportTest {
    private static OverloadReport report(List<String> findings, List<String> shortfalls) {
        Took took = new Took(600, 1, 2, 3);
        Map<String, Double> megabytes = Map.of("api-1", 300.0);
        Trend trend = new Trend(300, 301, 310);
        return new OverloadReport(
                7,
                1,
                500,
                60,
                600,
                new FloodCount.Totals(36_000, 0, took, 4, took, 0, 0, Map.of()),
                62,
                58,
                0.94,
                Map.of("api-1", trend),
                Map.of("api-1", trend),
                findings.size(),
                findings,
                shortfalls,
                new Interval(20, 590, 41, took, took, megabytes, megabytes),
                List.of(new Interval(30, 600, 60, took, took, megabytes, megabytes)));
    }

    @Test
    void aPromiseThatIsBrokenAndAFigureThatIsMissedAreBothTold() {
        OverloadReport broken = report(List.of("one code was confirmed twice"), List.of());
        OverloadReport slow = report(List.of(), List.of("refusals took up to 900 ms"));

        assertThat(report(List.of(), List.of()).holds()).isTrue();
        assertThat(broken.holds()).isFalse();
        assertThat(broken.table()).contains("VIOLATION one code was confirmed twice");
        assertThat(slow.holds()).isFalse();
        assertThat(slow.table()).contains("SHORTFALL refusals took up to 900 ms");
    }

    @Test
    void theFirstSecondsAreToldAndMarkedAsNotJudged() {
        assertThat(report(List.of(), List.of()).table())
                .filteredOn(line -> line.endsWith("(not judged)"))
                .singleElement()
                .asString()
                .containsPattern("20 +590 +41 ");
    }
}
