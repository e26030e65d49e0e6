package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.api.access.Principal;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.claim.AnsweringRedis;
import dev.dibs.api.claim.ClaimedUsers;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.tickets.FakeTickets;
import dev.dibs.api.verdict.MemoryLedgerView;
import dev.dibs.ids.TicketId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where this instance has not read to the end of the log yet. */
class GrabResultsTest {
    private static final Activity SALE = TestActivities.published("sale", 1_000, 2_000);
    private static final Principal ANNA = GrabWorld.user("anna");

    private final MemoryLedgerView ledger = new MemoryLedgerView();

    @BeforeEach
    void open() {
        ledger.open(SALE.activityId(), 10, 1);
        ledger.standStill();
    }

    private GrabOutcome resultOfAnna(boolean claimed) {
        String epoch = Long.toString(ledger.account(SALE.activityId()).epoch());
        GrabResults results = new GrabResults(
                ledger,
                new ReadFirst("a-topic", ledger::readThrough, Duration.ofMinutes(1)),
                new ClaimedUsers(AnsweringRedis.always(List.of(epoch, claimed ? "1" : "0"))),
                new FakeTickets(TestActivities.KIND),
                Clock.fixed(Instant.ofEpochSecond(1_500), ZoneOffset.UTC));
        return results.withoutTicket(SALE, ANNA).block();
    }

    /** Also where Redis has let go of the claim, or is another one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnotherInstanceHasConfirmedIsToldAtOnce(boolean claimed) {
        TicketId won = ledger.grab(SALE.activityId(), 3, ANNA.userId(), 1_500_000);

        assertThat(resultOfAnna(claimed))
                .isInstanceOfSatisfying(
                        Granted.class,
                        granted -> assertThat(granted.ticket().ticketId()).isEqualTo(won));
    }

    @Test
    void whatIsClaimedAndNotInTheLogIsPending() {
        assertThat(resultOfAnna(true)).isEqualTo(Plain.PENDING);
    }

    @Test
    void whatIsNeitherClaimedNorInTheLogIsNothing() {
        assertThat(resultOfAnna(false)).isEqualTo(Plain.NONE);
    }

    /** As without the look at what the others have written. */
    @Test
    void whereTheLogCannotBeReadNobodyIsToldThatThereIsNothing() {
        ledger.loseSight();
        ledger.grab(SALE.activityId(), 3, ANNA.userId(), 1_500_000);

        assertThat(resultOfAnna(true)).isEqualTo(Plain.PENDING);
        assertThat(resultOfAnna(false)).isEqualTo(Plain.UNAVAILABLE);
    }
}
