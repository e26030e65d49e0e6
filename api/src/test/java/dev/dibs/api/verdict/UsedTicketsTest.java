package dev.dibs.api.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.Verdict;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UsedTicketsTest {
    private static final ActivityId MOVIE = new ActivityId("movie");
    private static final TicketId TICKET = new TicketId(new UUID(1, 2));

    private final UsedTickets used = new UsedTickets();

    @Test
    void onlyWhatCountsIsRemembered() {
        TicketRedeemed first = redeemed(0, 1_000, "north");

        used.note(first, Verdict.VALID);
        used.note(redeemed(0, 2_000, "south"), Verdict.VOID_ALREADY_REDEEMED);

        assertThat(used.find(MOVIE, 0)).isEqualTo(new TicketUse(Holding.Use.REDEEMED, first.eventId(), 1_000, "north"));
        assertThat(used.find(MOVIE, 1)).isNull();
        assertThat(used.find(new ActivityId("another"), 0)).isNull();
    }

    @Test
    void aRevocationHasNoGate() {
        TicketRevoked revoked = new TicketRevoked(new UUID(3, 4), 1_000, MOVIE, TICKET, 5, "a chargeback");

        used.note(revoked, Verdict.VALID);

        assertThat(used.find(MOVIE, 5)).isEqualTo(new TicketUse(Holding.Use.REVOKED, new UUID(3, 4), 1_000, ""));
    }

    @Test
    void itIsForgottenWithTheActivity() {
        used.note(redeemed(0, 1_000, "north"), Verdict.VALID);

        used.release(MOVIE);

        assertThat(used.find(MOVIE, 0)).isNull();
    }

    @Test
    void aNameOfAGateIsKeptOnceForAllItsTickets() {
        for (int i = 0; i < 3; i++) {
            used.note(redeemed(i, 1_000, new String("north")), Verdict.VALID);
        }

        assertThat(used.find(MOVIE, 1).gate()).isSameAs(used.find(MOVIE, 0).gate());
        assertThat(used.find(MOVIE, 2).gate()).isSameAs(used.find(MOVIE, 0).gate());
    }

    private static TicketRedeemed redeemed(int sequence, long at, String gate) {
        return new TicketRedeemed(UUID.randomUUID(), at, MOVIE, TICKET, sequence, gate);
    }
}
