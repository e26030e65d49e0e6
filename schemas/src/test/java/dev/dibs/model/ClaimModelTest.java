package dev.dibs.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.model.Search.Outcome;
import dev.dibs.model.Setup.Budget;
import dev.dibs.model.Setup.Confirmation;
import dev.dibs.model.Setup.Fence;
import dev.dibs.model.Setup.Recovered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim protocol, in every order in which things can happen: first that it breaks without each of its guards, then
 * that it does not with them. The numbers of states are those of the model in Python that this one was ported from.
 */
class ClaimModelTest {
    private static final Logger log = LoggerFactory.getLogger(ClaimModelTest.class);
    private static final Setup RESTART = Setup.of(Budget.RESTART, Fence.REPLID).withRelay();

    @ParameterizedTest
    @CsvSource({"NONE, 295125", "RUN_ID, 68857", "REPLID, 61922"})
    void aFailoverToAStaleReplicaAndBackBreaksNothing(Fence fence, int states) {
        holds(Setup.of(Budget.FAILOVER_AND_BACK, fence), states);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 326143", "RUN_ID, 170599", "REPLID, 170599"})
    void aRestartThatLosesItsTailBreaksNothing(Fence fence, int states) {
        holds(Setup.of(Budget.RESTART, fence).withRelay(), states);
    }

    @Test
    void aRecoveredClaimMayKeepItsOwnEpochAsItDoesInTheServices() {
        holds(Setup.of(Budget.FAILOVER_AND_BACK, Fence.REPLID).recovered(Recovered.WITH_ITS_OWN_EPOCH), 61_266);
        Outcome outcome = search(RESTART.recovered(Recovered.WITH_ITS_OWN_EPOCH));

        assertThat(outcome.violation()).isNull();
        assertThat(outcome.truncated()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Fence.class)
    void theBrokersAcknowledgementAloneConfirmsWhatTheLedgerVoids(Fence fence) {
        Setup failover = Setup.of(Budget.FAILOVER_AND_BACK, fence).confirmedBy(Confirmation.BY_BROKER_ACK);
        Setup restart = Setup.of(Budget.RESTART, fence).withRelay().confirmedBy(Confirmation.BY_BROKER_ACK);

        breaks(failover, Violation.CONFIRMED_BUT_NOT_IN_THE_LEDGER, 5);
        breaks(restart, Violation.CONFIRMED_BUT_NOT_IN_THE_LEDGER, 5);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 7", "RUN_ID, 8"})
    void withoutTheLimitAFailoverGivesOneUserTwoTicketsUnlessTheFenceIsTheReplid(Fence fence, int steps) {
        Setup setup = Setup.of(Budget.FAILOVER_AND_BACK, fence).without("LIMIT_PER_USER");

        breaks(setup, Violation.LOG_ISSUES_TWO_TICKETS_TO_ONE_USER, steps);
    }

    @Test
    void withoutTheLimitARestartGivesOneUserTwoTicketsUnlessThereIsAFence() {
        Setup unfenced = Setup.of(Budget.RESTART, Fence.NONE).withRelay().without("LIMIT_PER_USER");

        breaks(unfenced, Violation.LOG_ISSUES_TWO_TICKETS_TO_ONE_USER, 7);
        holds(Setup.of(Budget.RESTART, Fence.RUN_ID).withRelay().without("LIMIT_PER_USER"), 170_599);
    }

    @ParameterizedTest
    @CsvSource({"NONE, 7", "RUN_ID, 8"})
    void withoutUniqueSequencesAFailoverConfirmsOneCodeTwiceUnlessTheFenceIsTheReplid(Fence fence, int steps) {
        Setup setup = Setup.of(Budget.FAILOVER_AND_BACK, fence).without("UNIQUE_SEQUENCE");

        breaks(setup, Violation.SAME_CODE_CONFIRMED_TO_TWO_USERS, steps);
    }

    @Test
    void withoutUniqueSequencesARestartConfirmsOneCodeTwiceUnlessThereIsAFence() {
        Setup unfenced = Setup.of(Budget.RESTART, Fence.NONE).withRelay().without("UNIQUE_SEQUENCE");

        breaks(unfenced, Violation.SAME_CODE_CONFIRMED_TO_TWO_USERS, 7);
    }

    @ParameterizedTest
    @CsvSource({"LIMIT_PER_USER", "UNIQUE_SEQUENCE"})
    void theReplidFenceIsAGuardOfItsOwn(String rule) {
        holds(Setup.of(Budget.FAILOVER_AND_BACK, Fence.REPLID).without(rule), 61_922);
        holds(RESTART.without(rule), 170_599);
    }

    @Test
    void withoutEpochsALateWriterTakesACodeThatARecoveredRedisGivesToSomebodyElse() {
        Setup failover = Setup.of(Budget.FAILOVER_AND_BACK, Fence.REPLID);

        breaks(failover.without("CURRENT_EPOCH"), Violation.CLAIM_OF_THE_CURRENT_EPOCH_IS_VOID, 7);
        breaks(RESTART.without("CURRENT_EPOCH"), Violation.CLAIM_OF_THE_CURRENT_EPOCH_IS_VOID, 7);
    }

    @Test
    void aSearchThatGivesUpSaysSo() {
        Outcome outcome =
                search(Setup.of(Budget.EVERYTHING, Fence.REPLID).withRelay().upTo(100_000));

        assertThat(outcome.truncated()).isTrue();
        assertThat(outcome.violation()).isNull();
        assertThat(outcome.states()).isLessThan(100_000);
    }

    @Test
    void allTroublesTogetherBreakNothing() {
        holds(Setup.of(Budget.EVERYTHING, Fence.REPLID).withRelay().upTo(6_000_000), 5_482_269);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "dibs.model.heavy",
            matches = "true",
            disabledReason = "4.9 million states: -Ddibs.model.heavy=true")
    void allTroublesTogetherBreakNothingAsTheServicesRecover() {
        Setup setup = Setup.of(Budget.EVERYTHING, Fence.REPLID).withRelay().upTo(6_000_000);

        holds(setup.recovered(Recovered.WITH_ITS_OWN_EPOCH), 4_873_293);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "dibs.model.heavy",
            matches = "true",
            disabledReason = "12 million states: -Ddibs.model.heavy=true")
    void amongTwelveMillionStatesWithThreeUsersNothingIsBroken() {
        Budget three = new Budget(3, 5, 1, 1, 2, 1, 1);

        Outcome outcome = search(Setup.of(three, Fence.REPLID).withRelay().upTo(12_000_000));

        assertThat(outcome.violation()).isNull();
        assertThat(outcome.truncated()).isTrue();
    }

    private static void holds(Setup setup, int states) {
        Outcome outcome = search(setup);

        assertThat(outcome.violation()).as("%s", outcome.trace()).isNull();
        assertThat(outcome.truncated()).isFalse();
        assertThat(outcome.states()).isEqualTo(states);
    }

    private static void breaks(Setup setup, Violation violation, int steps) {
        Outcome outcome = search(setup);

        assertThat(outcome.violation()).isEqualTo(violation);
        assertThat(outcome.trace()).hasSize(steps);
    }

    private static Outcome search(Setup setup) {
        Outcome outcome = Search.of(setup);
        log.info("{}: {}", setup, outcome.violation() == null ? "no violation" : outcome.violation());
        log.info(
                "  {} states{}{}",
                outcome.states(),
                outcome.truncated() ? ", TRUNCATED" : "",
                outcome.trace().isEmpty() ? "" : ": " + String.join("; ", outcome.trace()));
        return outcome;
    }
}
