package dev.dibs.api.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.api.access.Principal;
import dev.dibs.api.catalogue.MemoryCatalogue;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.gate.Pass;
import dev.dibs.api.grab.GrabOutcome;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.grab.Grabs;
import dev.dibs.api.verdict.MemoryLedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Holding;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class GrabsOfReleasedTest {
    private static final UserId ALICE = new UserId("alice");
    private static final Principal OWNER = Principal.of(ALICE, Set.of());

    private final Activity activity = TestActivities.published("over", 1, 2);
    private final ActivityId id = activity.activityId();
    private final MemoryLedgerView ledger = new MemoryLedgerView();
    private final MemoryCatalogue catalogue = new MemoryCatalogue();
    private final FakeTickets tickets = new FakeTickets(TestActivities.KIND);
    private final OwnedTicket ticket = new OwnedTicket(
            new TicketId(UUID.randomUUID()), id, 3, TestActivities.KIND, "CODE-3", 1_000, Holding.Use.UNUSED);
    /** In the double of the projection a request is known by the ticket that it has won. */
    private final RequestId winning = new RequestId(ticket.ticketId().toString());

    private final Grabs grabs = new GrabsOfReleased(new FromMemory(), ledger, catalogue, tickets);

    @BeforeEach
    void sell() {
        catalogue.save(activity).block();
        tickets.project(ALICE, ticket);
    }

    @Test
    void aRepeatedRequestGetsItsTicketAlsoWhenMemoryHasForgottenIt() {
        ledger.release(id);

        assertThat(grabs.grab(OWNER, id, winning, "", Pass.NONE).block()).isEqualTo(new Granted(activity, ticket));
        assertThat(grabs.result(OWNER, id).block()).isEqualTo(new Granted(activity, ticket));
    }

    @Test
    void whoHasWonNothingIsToldSo() {
        ledger.release(id);

        assertThat(grabs.grab(OWNER, id, new RequestId("another"), "", Pass.NONE)
                        .block())
                .isEqualTo(Plain.ENDED);
        assertThat(grabs.grab(OWNER, id, null, "", Pass.NONE).block()).isEqualTo(Plain.ENDED);
        assertThat(grabs.result(Principal.of(new UserId("bob"), Set.of()), id).block())
                .isEqualTo(Plain.NONE);
    }

    @Test
    void withoutTheProjectionNothingIsClaimedToBeKnown() {
        ledger.release(id);
        tickets.goAway();

        assertThat(grabs.grab(OWNER, id, winning, "", Pass.NONE).block()).isEqualTo(Plain.UNAVAILABLE);
        assertThat(grabs.result(OWNER, id).block()).isEqualTo(Plain.UNAVAILABLE);
    }

    @Test
    void whatIsInMemoryIsNotLookedUp() {
        tickets.goAway();

        assertThat(grabs.grab(OWNER, id, winning, "", Pass.NONE).block()).isEqualTo(Plain.ENDED);
        assertThat(grabs.result(OWNER, id).block()).isEqualTo(Plain.NONE);
    }

    /** Knows nobody, and that the sale is over. */
    private static final class FromMemory implements Grabs {
        @Override
        public Mono<GrabOutcome> grab(
                Principal principal, ActivityId activityId, RequestId requestId, String address, Pass pass) {
            return Mono.just(Plain.ENDED);
        }

        @Override
        public Mono<GrabOutcome> result(Principal principal, ActivityId activityId) {
            return Mono.just(Plain.NONE);
        }
    }
}
