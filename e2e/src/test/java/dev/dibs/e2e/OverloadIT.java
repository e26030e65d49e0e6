package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.overload.OverloadPlan;
import dev.dibs.chaos.overload.OverloadReport;
import dev.dibs.chaos.overload.OverloadRun;
import dev.dibs.servers.Executables;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ten times as many buyers as the narrow road to Redis can serve, at real processes. How fast and how large everything is
 * depends on what else the machine does, so this asks for less than {@code ./dibs chaos --overload} does, and not in every
 * build: {@code -Ddibs.chaos.each=true}.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "dibs.chaos.each", matches = "true")
class OverloadIT {
    private static final Logger log = LoggerFactory.getLogger(OverloadIT.class);
    private static final Duration SHORT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsAnInstalledRedis() {
        Assumptions.assumeTrue(
                Executables.find("redis-server").isPresent(), "no redis-server is installed, so no Sentinel either");
    }

    private OverloadReport run(Duration inTime) {
        long seed = Long.getLong("dibs.seed", System.nanoTime() % 1_000_000);
        try (OverloadRun run = new OverloadRun(new OverloadPlan(folder, seed, SHORT, inTime), log::info)) {
            OverloadReport report = run.run();
            report.table().forEach(log::info);
            return report;
        }
    }

    @Test
    void aCrowdTenTimesTooLargeIsRefusedAndTheSaleGoesOn() {
        OverloadReport report = run(OverloadPlan.USUAL_IN_TIME);

        assertThat(report.findings()).isEmpty();
        assertThat(report.violations()).isZero();
        assertThat(report.totals().refused().count())
                .isGreaterThan(3 * report.totals().confirmed().count());
        assertThat(report.totals().withoutRetryAfter()).isZero();
        assertThat(confirmedPerSecond(report)).isGreaterThan(0.5 * report.capacityPerSecond());
    }

    /** Nothing is sold twice without the guard either; but hardly anything is sold. */
    @Test
    void withoutTheGuardHardlyAnythingIsSold() {
        OverloadReport report = run(Duration.ofHours(1));

        assertThat(report.findings()).isEmpty();
        assertThat(confirmedPerSecond(report)).isLessThan(0.5 * report.capacityPerSecond());
    }

    private static double confirmedPerSecond(OverloadReport report) {
        return report.totals().confirmed().count() / (report.minutes() * 60);
    }
}
