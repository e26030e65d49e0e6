package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final ActivityId MOVIE = new ActivityId("movie");
    private static final ActivityId GALA = new ActivityId("gala");

    @Test
    void countsAllButTellsOnlyTheFirstOfEachCheckAndActivity() {
        Findings findings = new Findings();
        for (int i = 0; i < 1_000_000; i++) {
            findings.add(Check.MONGODB, MOVIE, "row %d", i);
        }
        findings.add(Check.CSV, MOVIE, "another check");
        findings.add(Check.MONGODB, GALA, "another activity");

        assertThat(findings.count()).isEqualTo(1_000_002);
        assertThat(findings.count(MOVIE)).isEqualTo(1_000_001);
        assertThat(findings.all()).hasSize(Findings.KEPT + 3);
        assertThat(findings.all())
                .extracting(Finding::toString)
                .contains(
                        "G5 movie: row 0",
                        "G5 movie: row 99",
                        "G5 movie: another check",
                        "G5 gala: another activity",
                        "G5 movie: and 999900 more of which the same check complains");
    }
}
