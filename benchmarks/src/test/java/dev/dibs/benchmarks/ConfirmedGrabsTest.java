package dev.dibs.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmedGrabsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Map<String, Integer> sales = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void countsWhatTheLedgerGrantedAndNotWhatWasAnswered() throws Exception {
        Measurement measurement = grabs(20_000, 15_000).measure(1, SECOND, () -> {});

        assertThat(measurement.requests()).isEqualTo(15_000);
        assertThat(remarks).singleElement().asString().contains("20,000 answered", "15,000 were confirmed");
    }

    @Test
    void measuresAgainWithMoreCodesWhereTheyRanOut() throws Exception {
        Measurement measurement = grabs(90_000, 90_000).measure(1, SECOND, () -> {});

        assertThat(sales.values()).containsExactly(40_000, 100_000);
        assertThat(measurement.requests()).isEqualTo(90_000);
        assertThat(remarks).isEmpty();
    }

    @Test
    void theNextSaleIsSizedByTheLastSpeed() throws Exception {
        ConfirmedGrabs grabs = grabs(10_000, 10_000);

        grabs.measure(0, SECOND, () -> {});
        grabs.measure(1, SECOND, () -> {});

        assertThat(sales.values()).containsExactly(40_000, 16_000);
    }

    @Test
    void eachSaleHasBuyersOfItsOwn() throws Exception {
        grabs(10_000, 10_000).measure(3, SECOND, () -> {});

        assertThat(sales).containsOnlyKeys("bench-3-1");
        try (var left = Files.list(folder)) {
            assertThat(left).as("tokens are removed again").isEmpty();
        }
    }

    /** A server that answers and grants so many grabs in a run, as long as there are codes. */
    private ConfirmedGrabs grabs(long answered, long granted) {
        BenchPlan plan = new BenchPlan(
                folder,
                1,
                SECOND,
                8,
                List.of(),
                URI.create("http://127.0.0.1:1"),
                List.of("Main"),
                Map.of(),
                "k".repeat(32),
                url -> null);
        Driver driver = new Driver() {
            @Override
            public String name() {
                return "made up";
            }

            @Override
            public Measurement run(Load load, int connections, Duration time) throws IOException {
                assertThat(load.tokens())
                        .hasValueSatisfying(file -> assertThat(file).exists());
                return new Measurement(answered, time.toNanos() / 1_000, 0, 0, 1_000, 2_000);
            }
        };
        Operator operator = new Operator() {
            @Override
            public void openSale(String activityId, int codes) {
                sales.put(activityId, codes);
            }

            @Override
            public long granted(String activityId) {
                return Math.min(granted, sales.get(activityId));
            }
        };
        return new ConfirmedGrabs(
                plan, driver, new Tokens("k".repeat(32), Instant.now().plusSeconds(60)), operator, remarks);
    }
}
