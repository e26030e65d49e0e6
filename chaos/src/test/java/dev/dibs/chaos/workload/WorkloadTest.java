package dev.dibs.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.check.ClientsAgainstState;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Figures;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.workload.FakeApi.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The crowd is let loose on a seller that is honest, and on some that are not: what they do is found out. */
class WorkloadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NO_PATIENCE = Duration.ofSeconds(2);
    private static final long SEED = 20_261_120;

    @TempDir
    private Path folder;

    private WorkloadPlan plan() {
        return new WorkloadPlan(SEED, Duration.ofSeconds(2), 3, 50, 3, 8, folder);
    }

    private record Run(Figures figures, List<String> left, List<String> violations, List<Exchange> exchanges) {}

    private Run run(Fault fault, Duration patience) throws IOException {
        try (FakeApi api = new FakeApi(fault);
                Workload workload = Workload.start(api.targets(), plan())) {
            workload.awaitEnd();
            List<String> left = workload.drain(patience);
            List<Exchange> exchanges = new ArrayList<>();
            workload.history().forEach(exchanges::add);
            return new Run(
                    workload.history().figures(),
                    left,
                    ClientsAgainstState.violations(workload.history(), api.state(), api.redemptions()),
                    exchanges);
        }
    }

    @Test
    void findsNothingWrongWithAnHonestSeller() throws IOException {
        Run run = run(Fault.NONE, PATIENCE);

        assertThat(run.left).isEmpty();
        assertThat(run.violations).isEmpty();
        assertThat(run.figures.stillPending()).isZero();
        assertThat(run.exchanges).as("some get an error").anyMatch(Exchange::isError);
        assertThat(run.figures.pendingAnswers()).isPositive();
        assertThat(run.figures.confirmed()).isGreaterThan(100);
    }

    @Test
    void everybodyDoesWhatIsToBeTriedOut() throws IOException {
        Run run = run(Fault.NONE, PATIENCE);

        List<Exchange> exchanges = run.exchanges;
        Set<Operation> seen = EnumSet.noneOf(Operation.class);
        exchanges.forEach(exchange -> seen.add(exchange.operation()));
        assertThat(seen)
                .contains(Operation.GRAB, Operation.RESULT, Operation.LIST, Operation.DETAIL, Operation.ACTIVITY)
                .contains(Operation.CREATE, Operation.IMPORT, Operation.PUBLISH, Operation.REDEEM);
        assertThat(exchanges).extracting(Exchange::api).contains(0, 1);
        assertThat(exchanges).as("some come twice").anyMatch(e -> e.operation() == Operation.REDEEM && e.ret() == 409);
        assertThat(exchanges)
                .as("some name no request")
                .anyMatch(e -> e.operation() == Operation.GRAB && e.request().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMS_WITHOUT_THE_LOG, CONFIRMED",
        "FORGETS_REQUESTS, SAME_REQUEST",
        "SELLS_A_CODE_TWICE, ONE_OWNER",
        "NEVER_DECIDES, PENDING",
        "NEVER_DECIDES_A_SECOND, PENDING",
        "HIDES_TICKETS, VISIBLE",
        "SHOWS_NOTHING_BUT_ERRORS, VISIBLE",
        "STRANDS_A_CODE, SOLD_OUT",
        "NEVER_CURES, RETRIED",
        "LETS_EVERYBODY_IN, REDEEMED",
        "NAMES_ANOTHER_GATE, REDEEMED"
    })
    void findsOutADishonestSeller(Fault fault, String promise) throws IOException {
        Run run = run(fault, NO_PATIENCE);

        assertThat(run.violations).anyMatch(line -> line.startsWith(promise + " activity=chaos-"));
    }
}
