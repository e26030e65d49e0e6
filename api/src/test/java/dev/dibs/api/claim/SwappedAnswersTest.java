package dev.dibs.api.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.access.Principal;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A connection that is out of step: who claims is answered what somebody else was to be answered. */
class SwappedAnswersTest {
    private static final ActivityId ACTIVITY = new ActivityId("movie-night");
    private static final String LINE = "17 %s 3 %s 1795176000000 1795176000007";

    private final AtomicInteger reconnects = new AtomicInteger();
    private final ClaimRequest own = request("anna");
    private final ClaimRequest others = request("bert");

    @Test
    void onesOwnAnswerIsTaken() {
        assertThat(claim(own, claimed(own))).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(claim(own, told("HELD", own))).isInstanceOf(ClaimResult.Held.class);
        assertThat(claim(own, told("LIMIT", own))).isInstanceOf(ClaimResult.LimitReached.class);
        assertThat(reconnects).hasValue(0);
    }

    @Test
    void nobodyIsToldOfAnothersTicketAndTheConnectionIsMadeAnew() {
        for (List<Object> foreign : List.of(claimed(others), told("HELD", others), told("LIMIT", others))) {
            assertThatThrownBy(() -> claim(own, foreign))
                    .isInstanceOf(ForeignAnswerException.class)
                    .hasMessageContaining("movie-night");
        }

        assertThat(reconnects).hasValue(3);
    }

    private ClaimResult claim(ClaimRequest request, List<Object> answer) {
        return new RedisTicketInventory(
                        AnsweringRedis.always(answer),
                        RedisTicketInventory.CLAIM,
                        reconnects::incrementAndGet,
                        () -> {})
                .claim(request)
                .block(Duration.ofSeconds(5));
    }

    /** The ticket is the claim's. */
    private static List<Object> claimed(ClaimRequest of) {
        return List.of("CLAIMED", LINE.formatted(of.request().text(), of.ticketId()), "seat|CODE", "17-4");
    }

    /** The ticket is one that was claimed before; only the last entry says whose answer this is. */
    private static List<Object> told(String status, ClaimRequest of) {
        return List.of(
                status,
                LINE.formatted(of.request().text(), UUID.randomUUID()),
                "seat|CODE",
                of.ticketId().toString());
    }

    private static ClaimRequest request(String user) {
        return new ClaimRequest(
                ACTIVITY,
                Principal.of(new UserId(user), Set.of()),
                // Clients count their requests: two users may well use the same name.
                new RequestId("r0"),
                Fingerprint.of("r0"),
                new TicketId(UUID.randomUUID()),
                Long.MAX_VALUE,
                0,
                "");
    }
}
