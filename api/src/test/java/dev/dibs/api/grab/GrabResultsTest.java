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
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where Redis has a claim of which this instance has not read in the log yet. */
class GrabResultsTest {
    private static final Activity SALE = TestActivities.published("sale", 1_000, 2_000);
    private static final Principal ANNA = GrabWorld.user("anna");

    private final MemoryLedgerView ledger = new MemoryLedgerView();
    private GrabResults results;

    @BeforeEach
    void open() {
        ActivityId id = SALE.activityId();
        ledger.open(id, 10, 1);
        ledger.standStill();
        String epoch = Long.toString(ledger.account(id).epoch());
        results = new GrabResults(
                ledger,
                new ReadFirst(ledger::readThrough, Duration.ofMinutes(1)),
                new ClaimedUsers(AnsweringRedis.always(List.of(epoch, "1"))),
                new FakeTickets(TestActivities.KIND),
                Clock.fixed(Instant.ofEpochSecond(1_500), ZoneOffset.UTC));
    }

    @Test
    void whatAnotherInstanceHasConfirmedIsToldAtOnce() {
        TicketId won = ledger.grab(SALE.activityId(), 3, ANNA.userId(), 1_500_000);

        GrabOutcome outcome = results.withoutTicket(SALE, ANNA).block();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Granted.class,
                        granted -> assertThat(granted.ticket().ticketId()).isEqualTo(won));
    }

    @Test
    void whatIsNotInTheLogIsPending() {
        assertThat(results.withoutTicket(SALE, ANNA).block()).isEqualTo(Plain.PENDING);
    }

    /** As without the look at what the others have written. */
    @Test
    void whereTheLogCannotBeReadItIsPending() {
        ledger.loseSight();
        ledger.grab(SALE.activityId(), 3, ANNA.userId(), 1_500_000);

        assertThat(results.withoutTicket(SALE, ANNA).block()).isEqualTo(Plain.PENDING);
    }
}
