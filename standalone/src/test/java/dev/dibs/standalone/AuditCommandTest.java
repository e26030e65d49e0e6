package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.audit.AuditReport;
import dev.dibs.audit.Check;
import dev.dibs.audit.Figures;
import dev.dibs.audit.Finding;
import dev.dibs.audit.LiveAudit.Outcome;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditCommandTest {
    private static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final Finding FINDING = new Finding(Check.MONGODB, "summer", "a row too many");
    private static final Finding DOUBLED =
            new Finding(Check.CODES, "summer", "sequence 3 is expected to be issued once, but was issued before");

    private final StringWriter out = new StringWriter();

    @Test
    void aViolationIsToldWhereTheLogStoodStill() {
        int status = tell(still(report(List.of(FINDING), List.of())));

        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).contains("VIOLATED");
    }

    @Test
    void nothingIsSaidWhereTheLogMovedAndShowsNothingByItself() {
        int status = tell(moving(List.of()));

        assertThat(status).isEqualTo(AuditCommand.LOG_MOVED).isNotIn(0, 1, 2);
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .contains("nothing can be said", "pause the sale")
                .doesNotContain("VIOLATED");
    }

    @Test
    void aDoubledCodeIsToldAlsoWhereTheLogMoved() {
        int status = tell(moving(List.of(DOUBLED)));

        assertThat(status).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo("VIOLATED G1 summer: sequence 3 is expected to be issued once, but was issued before");
        assertThat(out.toString())
                .contains("beyond what the log itself shows nothing can be said")
                .doesNotContain(FINDING.sentence());
    }

    @Test
    void whatHasNotCaughtUpIsNoSuccess() {
        assertThat(tell(new Outcome(report(List.of(), List.of()), List.of("the projector lags"), false, List.of())))
                .isEqualTo(1);
        assertThat(out.toString()).contains("not caught up: the projector lags");
    }

    @Test
    void anActivityThatDoesNotExistIsAComplaint() {
        Outcome outcome = still(report(List.of(), List.of("there is no activity sumer")));

        assertThatThrownBy(() -> tell(outcome))
                .isInstanceOf(ProblemException.class)
                .hasMessage("there is no activity sumer");
    }

    @Test
    void anEmptySystemIsASuccess() {
        assertThat(tell(still(report(List.of(), List.of())))).isZero();
    }

    private static Outcome still(AuditReport report) {
        return new Outcome(report, List.of(), false, List.of());
    }

    private static Outcome moving(List<Finding> proven) {
        return new Outcome(report(List.of(FINDING), List.of()), List.of(), true, proven);
    }

    private int tell(Outcome outcome) {
        return AuditCommand.tell(outcome, new Console(new PrintWriter(out, true)));
    }

    private static AuditReport report(List<Finding> findings, List<String> absences) {
        List<String> lines = findings.stream()
                .map(finding -> "VIOLATED " + finding.sentence())
                .toList();
        return new AuditReport(Map.of(), NONE, findings, List.of(), absences, lines);
    }
}
