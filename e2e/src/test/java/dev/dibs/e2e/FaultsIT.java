package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.ChaosPlan;
import dev.dibs.chaos.ChaosReport;
import dev.dibs.chaos.ChaosRun;
import dev.dibs.chaos.cluster.RedisKind;
import dev.dibs.chaos.fault.Faults;
import dev.dibs.servers.Executables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole installation of real processes that is broken while it sells. Every build runs a short selection, with a new
 * seed each time; {@code -Ddibs.seed=N} runs one again, {@code -Ddibs.chaos.minutes=N} runs all faults mixed for so long,
 * {@code -Ddibs.chaos.redis=cluster} does so on a Redis Cluster, and {@code -Ddibs.chaos.each=true} runs each fault alone.
 * {@code -Ddibs.chaos.faults=a,b} makes no others than these.
 */
@EnabledOnOs(OS.LINUX)
class FaultsIT {
    private static final Logger log = LoggerFactory.getLogger(FaultsIT.class);
    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final Duration SHORTER = Duration.ofSeconds(15);
    private static final Duration ALONE = Duration.ofSeconds(5);

    /** Those without which there would be no point in the protocol, and that do not take long. */
    private static final Set<String> SELECTION = Set.of(
            "redis-master-killed",
            "redis-stale-replica-promoted",
            "redis-split-brain",
            "redis-file-truncated",
            "redis-flushall",
            "recovery-killed",
            "api-killed",
            "api-restarted",
            "network-drop-replies-redis",
            "kafka-held",
            "processor-killed",
            "documents-killed",
            "undecodable-record");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsAnInstalledRedis() {
        Assumptions.assumeTrue(
                Executables.find("redis-server").isPresent(), "no redis-server is installed, so no Sentinel either");
    }

    private static RedisKind redis() {
        return RedisKind.valueOf(
                System.getProperty("dibs.chaos.redis", "sentinel").toUpperCase(Locale.ROOT));
    }

    private ChaosReport run(RedisKind redis, Duration duration, Set<String> faults) {
        long seed = Long.getLong("dibs.seed", System.nanoTime() % 1_000_000);
        log.info("Faults; -Ddibs.seed={} redis={}", seed, redis);
        try (ChaosRun run = new ChaosRun(new ChaosPlan(folder, redis, seed, duration, faults), log::info)) {
            ChaosReport report = run.run();
            report.table().forEach(log::info);
            return report;
        }
    }

    private static void assertHolds(ChaosReport report) {
        assertThat(report.findings()).as("seed %d", report.seed()).isEmpty();
        assertThat(report.violations()).isZero();
        assertThat(report.confirmed()).isPositive();
        assertThat(report.faults()).as("made, of what was attempted").isNotEmpty();
    }

    @Test
    void aMixOfFaultsDuringASaleBreaksNoPromise() {
        String minutes = System.getProperty("dibs.chaos.minutes");
        Duration duration =
                minutes == null ? SHORT : Duration.ofMillis(Math.round(Double.parseDouble(minutes) * 60_000));
        Set<String> faults = new HashSet<>(faults().toList());
        if (minutes == null && named().isEmpty()) {
            faults.retainAll(SELECTION);
        }

        ChaosReport report = run(redis(), duration, faults);

        assertHolds(report);
    }

    @Test
    void aRedisClusterThatLosesANodeOrItsDataBreaksNoPromise() {
        ChaosReport report = run(RedisKind.CLUSTER, SHORTER, Set.of("redis-master-killed", "redis-flushall"));

        assertHolds(report);
    }

    /** Whatever got an error meanwhile is asked again with the same requestId, and must be cured: the check RETRIED. */
    @Test
    void aRollingRestartOfEveryServiceDuringASaleCostsNobodyMoreThanAnotherTry() {
        ChaosReport report = run(redis(), SHORT, Set.of("rolling-restart"));

        assertHolds(report);
        assertThat(report.notMade()).isEmpty();
        assertThat(report.faults()).containsOnlyKeys("rolling-restart");
    }

    private static List<String> named() {
        return Arrays.stream(System.getProperty("dibs.chaos.faults", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    static Stream<String> faults() {
        Set<String> all = Faults.on(redis()).keySet();
        List<String> named = named();
        assertThat(all).as("faults on Redis %s", redis()).containsAll(named);
        return all.stream().filter(fault -> named.isEmpty() || named.contains(fault));
    }

    @ParameterizedTest
    @MethodSource("faults")
    @EnabledIfSystemProperty(named = "dibs.chaos.each", matches = "true")
    void aFaultAloneDuringASaleBreaksNoPromise(String fault) {
        ChaosReport report = run(redis(), ALONE, Set.of(fault));

        assertHolds(report);
        assertThat(report.notMade()).isEmpty();
        assertThat(report.faults()).containsOnlyKeys(fault);
    }
}
