package dev.dibs.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.ChaosPlan;
import dev.dibs.chaos.ChaosReport;
import dev.dibs.chaos.ChaosRun;
import dev.dibs.chaos.Staging;
import dev.dibs.chaos.cluster.RedisKind;
import dev.dibs.ledger.Verdict;
import dev.dibs.servers.Executables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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
 * Whole installations as in {@link FaultsIT}, whose services run without a guard: what the checker says at the end, or
 * which guard has stood in. The checker itself has all rules. Each takes two minutes, so {@code -Ddibs.chaos.teeth=true}
 * asks for them.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "dibs.chaos.teeth", matches = "true")
class TeethIT {
    private static final Logger log = LoggerFactory.getLogger(TeethIT.class);
    private static final Duration WHILE_IT_SELLS = Duration.ofSeconds(20);
    /** Where something is broken, much is waited for that never comes. */
    private static final Duration IN_VAIN = Duration.ofSeconds(10);

    private static final Duration UNTIL_IT_COMES = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsAnInstalledRedis() {
        Assumptions.assumeTrue(
                Executables.find("redis-server").isPresent(), "no redis-server is installed, so no Sentinel either");
    }

    /**
     * What a run has ended with.
     *
     * @param findings how many lines of each promise the checker has written
     */
    private record Seen(ChaosReport report, Map<String, Long> findings, LogVerdicts verdicts) {

        private void assertNothingIsReported() {
            assertThat(report.findings()).as("seed %d", report.seed()).isEmpty();
            assertThat(report.violations()).isZero();
        }

        private void assertReported(String... promises) {
            assertThat(findings).as("seed %d", report.seed()).containsKeys(promises);
        }
    }

    private Seen run(String fault, Duration patience, Guard... off) throws IOException {
        long seed = Long.getLong("dibs.seed", System.nanoTime() % 1_000_000);
        ChaosPlan plan = new ChaosPlan(folder.resolve("run"), RedisKind.SENTINEL, seed, WHILE_IT_SELLS, Set.of(fault));
        Path services = Doctored.without(folder.resolve("doctored"), off);
        Staging staging = new Staging(Optional.of(services), StagedFaults.all(), patience);
        try (ChaosRun run = new ChaosRun(plan, staging, log::info)) {
            ChaosReport report = run.run();
            LogVerdicts verdicts = LogVerdicts.of(run.targets().kafka());
            // Each begins with the promise.
            Map<String, Long> findings = report.findings().stream()
                    .map(finding -> finding.replaceAll("[ :].*", ""))
                    .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
            report.table().forEach(log::info);
            log.info(
                    "Without a guard; -Ddibs.seed={} faults={} confirmed={} violations={} findings={} log={}",
                    seed,
                    report.faults(),
                    report.confirmed(),
                    report.violations(),
                    findings,
                    verdicts);
            assertThat(report.faults()).as("made, of what was attempted").containsOnlyKeys(fault);
            return new Seen(report, findings, verdicts);
        }
    }

    /** Of two guards that each stand in for the other, neither is there. */
    @Test
    void withoutFenceAndUniqueSequencesTwoBuyersAreToldOfOneCode() throws IOException {
        Seen seen = run("redis-stale-replica-promoted", IN_VAIN, Guard.FENCE, Guard.UNIQUE_SEQUENCE_RULE);

        seen.assertReported("ONE_OWNER", "CONFIRMED");
    }

    @Test
    void withoutTheFenceTheLedgerVoidsWhatAPromotedReplicaProposes() throws IOException {
        Seen seen = run("redis-stale-replica-promoted", UNTIL_IT_COMES, Guard.FENCE);

        seen.assertNothingIsReported();
        assertThat(seen.verdicts.count(Verdict.VOID_SEQUENCE_TAKEN)).isPositive();
    }

    @Test
    void withoutUniqueSequencesTheFenceStandsIn() throws IOException {
        Seen seen = run("redis-stale-replica-promoted", UNTIL_IT_COMES, Guard.UNIQUE_SEQUENCE_RULE);

        seen.assertNothingIsReported();
        assertThat(seen.verdicts.count(Verdict.VOID_SEQUENCE_TAKEN)).isZero();
    }

    @Test
    void withoutTheVerdictBeforeTheAnswerBuyersAreToldOfVoidGrabs() throws IOException {
        Seen seen = run("redis-split-brain", IN_VAIN, Guard.VERDICT_BEFORE_ANSWER);

        seen.assertReported("CONFIRMED", "ONE_OWNER");
    }

    @Test
    void withoutTheEpochRuleBuyersAreToldOfWhatAnOlderEpochWrites() throws IOException {
        Seen seen = run("redis-split-brain", IN_VAIN, Guard.EPOCH_RULE);

        seen.assertReported("CONFIRMED");
        assertThat(seen.verdicts.count(Verdict.VOID_EPOCH)).isPositive();
    }

    @Test
    void withoutTheLimitInTheScriptTheLedgerVoidsWhatIsTooMany() throws IOException {
        Seen seen = run("api-restarted", UNTIL_IT_COMES, Guard.LIMIT_IN_SCRIPT);

        seen.assertNothingIsReported();
        assertThat(seen.verdicts.count(Verdict.VOID_LIMIT_REACHED)).isPositive();
    }

    @Test
    void withoutThePerUserRuleTheLimitInTheScriptStandsIn() throws IOException {
        Seen seen = run("api-restarted", UNTIL_IT_COMES, Guard.PER_USER_RULE);

        seen.assertNothingIsReported();
        assertThat(seen.verdicts.count(Verdict.VOID_LIMIT_REACHED)).isZero();
    }

    @Test
    void withoutThePerUserRuleAndTheLimitInTheScriptABuyerIsToldOfTwoTickets() throws IOException {
        Seen seen = run("api-restarted", IN_VAIN, Guard.PER_USER_RULE, Guard.LIMIT_IN_SCRIPT);

        seen.assertReported("LIMIT", "CONFIRMED");
    }

    @Test
    void withoutTheRequestIdARepeatedRequestIsToldOfASecondTicket() throws IOException {
        Seen seen = run("network-drop-replies-redis", IN_VAIN, Guard.REQUEST_ID);

        seen.assertReported("SAME_REQUEST");
    }

    @Test
    void withoutTheRelayWhoseInstanceDiedWaitsForEver() throws IOException {
        Seen seen = run(StagedFaults.UNPUBLISHED_CLAIMS, IN_VAIN, Guard.RELAY);

        seen.assertReported("PENDING", "SETTLED");
    }

    @Test
    void withoutTheFreeListWhatARecoveryFreedStaysUnsold() throws IOException {
        Seen seen = run(StagedFaults.GAPS, IN_VAIN, Guard.FREE_LIST);

        seen.assertReported("SOLD_OUT");
    }

    /** No check reports it: the ticket is in the log, its owner gets it by asking, and the limit keeps it to one. */
    @Test
    void withoutTheDeadlineRedisClaimsForWhoHasGivenUp() throws IOException {
        Seen seen = run(StagedFaults.LATE_CLAIMS, UNTIL_IT_COMES, Guard.DEADLINE);

        seen.assertNothingIsReported();
        assertThat(seen.verdicts.late()).isPositive();
    }
}
