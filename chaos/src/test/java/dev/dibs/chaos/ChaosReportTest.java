package dev.dibs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChaosReportTest {
    private static ChaosReport report(List<String> findings) {
        return new ChaosReport(
                42,
                1.5,
                "SENTINEL",
                Map.of("api-killed", 2),
                Map.of("kafka-disk-full", 1),
                100,
                3,
                4,
                findings.size(),
                Map.of("api-killed", Recovery.of(List.of(30L, 10L, 20L))),
                Map.of("api-killed", Recovery.of(List.of(9_000L))),
                1_500,
                2_500,
                new Phase(20, 2_000, 100, 10, 40),
                new Phase(60, 3_000, 50, 20, 900),
                Map.of(),
                findings,
                List.of(
                        new FaultRecord(5, "api-killed", List.of(), "kill -9 api-1", 30, 9_000),
                        new FaultRecord(
                                50,
                                "api-killed + kafka-held",
                                List.of(),
                                "kill -9 api-1; SIGSTOP kafka-2",
                                30,
                                9_000)));
    }

    @Test
    void theFileHasTheNamesThatAreDocumented() {
        JsonNode json = new JsonMapper().valueToTree(report(List.of()));

        assertThat(json.propertyNames())
                .contains("seed", "minutes", "faults", "confirmed", "pending", "void", "violations", "recoveryMillis")
                .contains("longestPendingMillis", "longestProjectionLagMillis", "withoutFaults", "withFaults")
                .contains("notMade");
        assertThat(json.path("notMade").path("kafka-disk-full").asInt()).isEqualTo(1);
        assertThat(json.path("violations").asInt()).isZero();
        assertThat(json.path("recoveryMillis").path("api-killed").path("p50").asInt())
                .isEqualTo(20);
        assertThat(json.path("recoveryMillis").path("api-killed").path("max").asInt())
                .isEqualTo(30);
    }

    @Test
    void aViolationIsToldAndTheReportDoesNotHold() {
        ChaosReport report = report(List.of("G1 one code was confirmed twice"));

        assertThat(report.holds()).isFalse();
        assertThat(report.table()).anyMatch(line -> line.contains("G1 one code was confirmed twice"));
    }

    @Test
    void whatWasNotMadeIsTold() {
        assertThat(report(List.of()).table())
                .anyMatch(line -> line.startsWith("kafka-disk-full") && line.endsWith("1  not made"));
    }

    @Test
    void whatWasMadeTogetherIsTold() {
        ChaosReport report = report(List.of());

        assertThat(report.log().get(0).names()).containsExactly("api-killed");
        assertThat(report.log().get(1).names()).containsExactly("api-killed", "kafka-held");
        assertThat(report.log().get(1).kind()).isEqualTo("two at once");
        assertThat(report.table())
                .anyMatch(line -> line.startsWith("two at once"))
                .anyMatch(line -> line.contains("longest lag of the projection 2.5 s"))
                .anyMatch(line -> line.startsWith("without faults, 20 s: 100 tickets/s"))
                .anyMatch(line -> line.contains("the rate is what was offered"));
    }
}
