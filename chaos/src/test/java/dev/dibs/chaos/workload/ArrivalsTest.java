package dev.dibs.chaos.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final WorkloadPlan plan = new WorkloadPlan(1, Duration.ofSeconds(100), 10, 50, 2, 4, Path.of("unused"));
    private final Arrivals arrivals = new Arrivals(plan);

    @Test
    void asManyComeAsTheDemandSays() {
        assertThat(arrivals.buyers()).isEqualTo(10 * 50 * 2);
    }

    @Test
    void halfOfThemComeInTheFirstFifthOfASale() {
        long inTheRush = LongStream.range(300, 400)
                .filter(buyer -> arrivals.due(buyer).compareTo(Duration.ofSeconds(32)) < 0)
                .count();

        assertThat(inTheRush).isEqualTo(50);
    }

    @Test
    void nobodyComesBeforeWhoIsAhead() {
        LongStream.range(1, arrivals.buyers())
                .forEach(buyer -> assertThat(arrivals.due(buyer))
                        .isGreaterThan(arrivals.due(buyer - 1))
                        .isLessThan(plan.duration()));
    }
}
