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

    private final StringWriter out = new StringWriter();

    @Test
    void aViolationIsToldWhereTheLogStoodStill() {
        int status = tell(new Outcome(report(List.of(FINDING), List.of()), List.of(), false));

        assertThat(status).isEqualTo(1);
        assertThat(out.toString()).contains("VIOLATED");
    }

    @Test
    void nothingIsSaidWhereTheLogMoved() {
        int status = tell(new Outcome(report(List.of(FINDING), List.of()), List.of(), true));

        assertThat(status).isEqualTo(AuditCommand.LOG_MOVED).isNotIn(0, 1, 2);
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .contains("nothing can be said", "pause the sale")
                .doesNotContain("VIOLATED");
    }

    @Test
    void whatHasNotCaughtUpIsNoSuccess() {
        assertThat(tell(new Outcome(report(List.of(), List.of()), List.of("the projector lags"), false)))
                .isEqualTo(1);
        assertThat(out.toString()).contains("not caught up: the projector lags");
    }

    @Test
    void anActivityThatDoesNotExistIsAComplaint() {
        Outcome outcome = new Outcome(report(List.of(), List.of("there is no activity sumer")), List.of(), false);

        assertThatThrownBy(() -> tell(outcome))
                .isInstanceOf(ProblemException.class)
                .hasMessage("there is no activity sumer");
    }

    @Test
    void anEmptySystemIsASuccess() {
        assertThat(tell(new Outcome(report(List.of(), List.of()), List.of(), false)))
                .isZero();
    }

    private int tell(Outcome outcome) {
        return AuditCommand.tell(outcome, new Console(new PrintWriter(out, true)));
    }

    private static AuditReport report(List<Finding> findings, List<String> absences) {
        List<String> lines = findings.stream()
                .map(finding -> "VIOLATED " + finding.sentence())
                .toList();
        return new AuditReport(Map.of(), NONE, findings, absences, lines);
    }
}
