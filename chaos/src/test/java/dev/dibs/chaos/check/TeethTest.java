package dev.dibs.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.chaos.history.DoorNote;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Operation;
import dev.dibs.chaos.history.Told;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Verdict;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * For guards that a client could notice the lack of: the history and the fold that a system without the guard would
 * leave, made by hand, and the check that reports it. Whole installations without a guard run in {@code TeethIT}.
 */
class TeethTest {
    private final Story story = new Story();

    /** What a ledger would do that lacks the rule by which this grab is void. */
    private void grantedAgainstTheRule(String user, String request, int sequence, UUID ticket) {
        TicketGrabbed grab = new TicketGrabbed(
                new ActivityId(Story.ACTIVITY),
                1,
                sequence,
                new TicketId(ticket),
                new UserId(user),
                new RequestId(request),
                1,
                1,
                new TicketKind("standard"),
                "");
        story.fold.account(Story.ACTIVITY).grant(grab);
        story.refused(user, request, Exchange.SUCCESS);
        story.doctor(
                exchange -> exchange.withTold(new Told(Story.ACTIVITY, ticket.toString(), Story.CODES + sequence)));
    }

    @Test
    void withoutTheUniqueSequenceRuleTwoBuyersAreToldOfOneCode() {
        story.wins("anna", "r0", 0);
        grantedAgainstTheRule("berta", "r0", 0, new UUID(8, 0));

        assertThat(story.violations())
                .anyMatch(line -> line.startsWith("ONE_OWNER activity=sale user=berta") && line.contains("code.sale.0"))
                .anyMatch(line -> line.startsWith("CONFIRMED activity=sale user=anna"));
    }

    @Test
    void withoutThePerUserRuleOneBuyerIsToldOfTwoTickets() {
        story.wins("anna", "r0", 0);
        grantedAgainstTheRule("anna", "r1", 1, new UUID(8, 1));

        assertThat(story.violations()).singleElement().asString().startsWith("LIMIT activity=sale user=anna");
    }

    @Test
    void withoutTheStockRuleABuyerIsToldOfACodeThatDoesNotExist() {
        grantedAgainstTheRule("anna", "r0", Story.STOCK, new UUID(8, 2));

        assertThat(story.violations())
                .anyMatch(line -> line.startsWith("CONFIRMED activity=sale user=anna sequence=3")
                        && line.contains("expected is null"));
    }

    @Test
    void withoutTheVerdictBeforeTheAnswerABuyerIsToldOfAVoidGrab() {
        // Given a broker that has acknowledged a record, which the ledger then voids: the sequence is taken
        story.wins("anna", "r0", 0);
        story.grabbed("berta", "r0", 0);

        // When the acknowledgement is taken for a confirmation
        story.told("berta", "r0", 0);

        assertThat(story.violations())
                .anyMatch(line -> line.startsWith("CONFIRMED activity=sale user=berta"))
                .anyMatch(line -> line.startsWith("ONE_OWNER activity=sale user=berta"));
    }

    @Test
    void withoutTheRequestIdARepeatedRequestIsToldOfASecondTicket() {
        story.wins("anna", "r0", 0);
        grantedAgainstTheRule("anna", "r0", 1, new UUID(8, 1));

        assertThat(story.violations()).anyMatch(line -> line.startsWith("SAME_REQUEST activity=sale user=anna"));
    }

    @Test
    void withoutTheRelayABuyerWhoseInstanceDiedWaitsForEver() {
        story.refused("anna", "r0", Exchange.PENDING);
        story.tell(Operation.RESULT, "anna", "", Exchange.PENDING, "");

        assertThat(story.violations()).singleElement().asString().startsWith("PENDING activity=sale user=anna");
    }

    @Test
    void withoutTheRuleThatATicketIsUsedOnceTwoGatesLetSomebodyIn() {
        story.wins("anna", "r0", 0);
        TicketRedeemed first = story.redemption(0);
        TicketRedeemed second = story.redemption(0);
        // What a ledger would say that lacks the rule.
        story.fold.onVerdict(0, 100, first, Verdict.VALID);
        story.fold.onVerdict(0, 101, second, Verdict.VALID);
        story.pressed("north", "press-1", 0, DoorNote.LET_IN, "north", first.occurredAt());
        story.pressed("north", "press-2", 0, DoorNote.LET_IN, "north", second.occurredAt());

        assertThat(story.violations())
                .anyMatch(line -> line.startsWith("REDEEMED activity=sale sequence=0") && line.contains("2 times"))
                .anyMatch(line -> line.startsWith("REDEEMED activity=sale") && line.contains("'press-2'"));
    }

    @Test
    void withoutTheFreeListOrAfterALostClaimACodeStaysUnsold() {
        story.wins("anna", "r0", 0);
        story.wins("berta", "r0", 2);
        story.refused("carla", "r0", Exchange.SOLD_OUT);

        assertThat(story.violations()).singleElement().asString().startsWith("SOLD_OUT activity=sale sequence=1");
    }
}
