package dev.dibs.api.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.Gate;
import dev.dibs.api.access.Principal;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrabTicketsTest {
    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final Principal ANNA = Principal.of(new UserId("anna"), Set.of());
    private static final Principal BERTA = Principal.of(new UserId("berta"), Set.of());
    private static final long START = 1_000;
    private static final long END = 5_000;

    private final GrabTickets tickets = new GrabTickets(SECRET);
    private final Activity night = gated("night", START, new Gate(60, 0));

    private static Activity gated(String id, long start, Gate gate) {
        return TestActivities.of(new ActivityId(id), ActivityState.PUBLISHED, start, END, 1)
                .withEntry(new Entry(Optional.empty(), "", gate));
    }

    private Pass passOf(Activity activity, Principal user, long now) {
        return new Pass(tickets.issue(activity, user, now).text(), "");
    }

    @Test
    void aTicketOpensTheGateAsOftenAsItsOwnerLikesUntilItExpires() {
        GrabTickets.Issued issued = tickets.issue(night, ANNA, 2_000);
        Pass pass = new Pass(issued.text(), "");

        assertThat(issued.expires()).isEqualTo(2_060);
        assertThat(tickets.check(night, ANNA, pass, 2_000)).isNull();
        assertThat(tickets.check(night, ANNA, pass, 2_059)).isNull();
        assertThat(tickets.check(night, ANNA, pass, 2_062)).isEqualTo(GateRefusal.TICKET_EXPIRED);
    }

    @Test
    void aTicketOfOneUserIsOfNoUseToAnother() {
        assertThat(tickets.check(night, BERTA, passOf(night, ANNA, 2_000), 2_000))
                .isEqualTo(GateRefusal.TICKET_INVALID);
    }

    @Test
    void aTicketOfOneActivityIsOfNoUseForAnother() {
        Activity other = gated("other", START, new Gate(60, 0));

        assertThat(tickets.check(other, ANNA, passOf(night, ANNA, 2_000), 2_000))
                .isEqualTo(GateRefusal.TICKET_INVALID);
    }

    @Test
    void beforeTheStartThereIsNoTicketAndOnceTheStartIsPutOffTheOldOnesAreOfNoUse() {
        Activity putOff = gated("night", 3_000, new Gate(600, 0));
        Pass early = passOf(gated("night", START, new Gate(600, 0)), ANNA, 2_990);

        assertThat(tickets.issue(night, ANNA, START - 1)).isNull();
        assertThat(tickets.issue(putOff, ANNA, 2_999)).isNull();
        assertThat(tickets.check(putOff, ANNA, early, 3_000)).isEqualTo(GateRefusal.TICKET_INVALID);
    }

    @Test
    void thereIsNoTicketWhereThereIsNoGateOrNoSale() {
        assertThat(tickets.issue(gated("night", START, Gate.OPEN), ANNA, 2_000)).isNull();
        assertThat(tickets.issue(night, ANNA, END)).isNull();
        assertThat(tickets.issue(night.withState(ActivityState.PAUSED), ANNA, 2_000))
                .isNull();
    }

    @Test
    void whoeverDoesNotKnowTheSecretMakesNoTicket() {
        Pass forged = new Pass(
                new GrabTickets("another secret of thirty-two bytes")
                        .issue(night, ANNA, 2_000)
                        .text(),
                "");

        assertThat(tickets.check(night, ANNA, forged, 2_000)).isEqualTo(GateRefusal.TICKET_INVALID);
    }

    @Test
    void noCharacterOfATicketCanBeChanged() {
        Activity hard = gated("night", START, new Gate(60, 1));
        String ticket = tickets.issue(hard, ANNA, 2_000).text();
        for (int i = 0; i < ticket.length(); i++) {
            for (char other : "AZaz09-_".toCharArray()) {
                if (other != ticket.charAt(i)) {
                    String changed = ticket.substring(0, i) + other + ticket.substring(i + 1);
                    String proof = ProofOfWork.solve(changed, 1);
                    assertThat(tickets.check(hard, ANNA, new Pass(changed, proof), 2_000))
                            .as(changed)
                            .isEqualTo(GateRefusal.TICKET_INVALID);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void whatIsNoTicketIsRefused(String text) {
        assertThat(tickets.check(night, ANNA, new Pass(text, ""), 2_000)).isEqualTo(GateRefusal.TICKET_INVALID);
    }

    @Test
    void noTicketIsSaidToBeMissing() {
        assertThat(tickets.check(night, ANNA, Pass.NONE, 2_000)).isEqualTo(GateRefusal.TICKET_MISSING);
    }

    @Test
    void aProofIsForOneTicketOfOneUser() {
        Activity hard = gated("night", START, new Gate(60, 12));
        String annas = tickets.issue(hard, ANNA, 2_000).text();
        String bertas = tickets.issue(hard, BERTA, 2_000).text();
        String proof = ProofOfWork.solve(annas, 12);

        assertThat(tickets.check(hard, ANNA, new Pass(annas, proof), 2_000)).isNull();
        assertThat(tickets.check(hard, ANNA, new Pass(annas, ""), 2_000)).isEqualTo(GateRefusal.PROOF_MISSING);
        assertThat(tickets.check(hard, ANNA, new Pass(annas, "no proof"), 2_000))
                .isEqualTo(GateRefusal.PROOF_MISSING);
        assertThat(tickets.check(hard, BERTA, new Pass(annas, proof), 2_000)).isEqualTo(GateRefusal.TICKET_INVALID);
        String useless = ProofOfWork.holds(bertas, proof, 12) ? "" : proof;
        assertThat(tickets.check(hard, BERTA, new Pass(bertas, useless), 2_000))
                .isIn(GateRefusal.PROOF_WRONG, GateRefusal.PROOF_MISSING);
    }

    @Test
    void whoHasBegunToWorkMayFinishWhateverTheActivityAsksForByNow() {
        Activity easy = gated("night", START, new Gate(60, 4));
        Activity harder = gated("night", START, new Gate(60, 24));
        String ticket = tickets.issue(easy, ANNA, 2_000).text();

        Pass pass = new Pass(ticket, ProofOfWork.solve(ticket, 4));

        assertThat(tickets.check(harder, ANNA, pass, 2_001)).isNull();
    }
}
