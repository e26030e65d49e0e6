package dev.dibs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Outcome;
import dev.dibs.chaos.fault.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A fault that did not come about proves nothing: it is not counted, and nothing is measured by it. */
class FaultRecordTest {
    private static final Optional<Gaps.Longest> GAP =
            Optional.of(new Gaps.Longest(Duration.ofMillis(30), Duration.ofMillis(900)));

    private record Attempt(String name, Supplier<Outcome> injecting) implements Fault {
        @Override
        public Set<Part> parts() {
            return Set.of();
        }

        @Override
        public Outcome inject(Cluster cluster, Random random) {
            return injecting.get();
        }

        @Override
        public void heal(Cluster cluster) {
            // Nothing is broken.
        }
    }

    private static final Fault MADE = new Attempt("made", () -> new Outcome(true, "killed"));
    private static final Fault NOT_MADE = new Attempt("refused", () -> Outcome.notMade("nobody was promoted"));
    private static final Fault FAILED = new Attempt("failed", () -> {
        throw new ClusterException("Redis does not answer");
    });

    private static FaultRecord record(Fault... faults) {
        Breaker breaker = new Breaker(null, new Random(1));
        List<Outcome> outcomes = new ArrayList<>();
        List.of(faults).forEach(fault -> outcomes.add(breaker.inject(fault)));
        return FaultRecord.of(7, List.of(faults), outcomes, GAP);
    }

    @Test
    void onlyWhatWasMadeIsCounted() {
        List<FaultRecord> records = List.of(record(MADE), record(NOT_MADE), record(FAILED), record(MADE, FAILED));

        assertThat(FaultRecord.count(records, FaultRecord::made)).isEqualTo(Map.of("made", 2));
        assertThat(FaultRecord.count(records, FaultRecord::notMade)).isEqualTo(Map.of("refused", 1, "failed", 2));
    }

    @Test
    void nothingIsMeasuredByWhatWasNotMade() {
        assertThat(record(MADE).isMeasured()).isTrue();
        assertThat(record(NOT_MADE).isMeasured()).isFalse();
        assertThat(record(MADE, FAILED).isMeasured()).isFalse();
        assertThat(FaultRecord.of(7, List.of(MADE), List.of(new Outcome(true, "")), Optional.empty())
                        .isMeasured())
                .isFalse();
    }

    @Test
    void whyItWasNotMadeIsTold() {
        assertThat(record(MADE, FAILED).what()).isEqualTo("killed; not made: Redis does not answer");
    }
}
