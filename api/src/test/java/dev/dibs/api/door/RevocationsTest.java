package dev.dibs.api.door;

import static dev.dibs.api.door.DoorWorld.MOVIE;
import static dev.dibs.api.door.DoorWorld.now;
import static dev.dibs.api.door.DoorWorld.press;
import static dev.dibs.api.door.DoorWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.door.DoorAnswer.Revoked;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RevocationsTest {
    private final DoorWorld world = new DoorWorld();
    private final Revocations revocations = world.revocations();

    @Test
    void aRevokedTicketLetsNobodyInAndIsRevokedOnce() {
        world.project(0);

        Revoked revoked = (Revoked) now(revocations.revoke(world.ticket(0), "a chargeback", null));

        assertThat(revoked.revokedAt()).isEqualTo(world.clock.millis());
        assertThat(problem(world.door().redeem(press("CODE-0", "north"))).kind())
                .isEqualTo("already-revoked");
        assertThat(problem(revocations.revoke(world.ticket(0), "a chargeback", null))
                        .kind())
                .isEqualTo("already-revoked");
        assertThat(world.log.events())
                .filteredOn(TicketRevoked.class::isInstance)
                .singleElement()
                .extracting(event -> ((TicketRevoked) event).reason())
                .isEqualTo("a chargeback");
    }

    @Test
    void whoIsInsideAlreadyCannotBeRevoked() {
        world.project(1);
        now(world.door().redeem(press("CODE-1", "north")));

        assertThat(problem(revocations.revoke(world.ticket(1), "late", null)).members())
                .containsEntry("gate", "north");
    }

    @Test
    void ofARevocationAndAPressAtOnceTheLogTakesOne() {
        world.project(0);
        world.log.justBeforeNext(() -> now(world.door().redeem(press("CODE-0", "north"))));

        assertThat(problem(revocations.revoke(world.ticket(0), "late", null)).kind())
                .isEqualTo("already-redeemed");
    }

    @Test
    void aRepeatedRequestGetsTheSameAnswer() {
        world.project(0);
        RequestId request = new RequestId("request-1");
        Revoked first = (Revoked) now(revocations.revoke(world.ticket(0), "why", request));
        world.clock.goOn(Duration.ofMinutes(1));

        Revoked again = (Revoked) now(revocations.revoke(world.ticket(0), "why", request));

        assertThat(again.repeated()).isTrue();
        assertThat(again.revokedAt()).isEqualTo(first.revokedAt());
    }

    @Test
    void aTicketIsFoundAlsoWhileTheProjectionIsBehindOrAway() {
        assertThat(now(revocations.revoke(world.ticket(0), "behind", null))).isInstanceOf(Revoked.class);
        world.databaseGoesAway();

        assertThat(now(revocations.revoke(world.ticket(1), "away", null))).isInstanceOf(Revoked.class);
    }

    @Test
    void nobodysTicketIsNotFound() {
        assertThat(problem(revocations.revoke(new TicketId(UUID.randomUUID()), "why", null))
                        .kind())
                .isEqualTo("no-such-ticket");
    }

    @Test
    void whatIsOverIsNotRevoked() {
        world.project(0);
        world.clock.goOn(Duration.ofHours(1));
        assertThat(problem(revocations.revoke(world.ticket(0), "late", null)).kind())
                .isEqualTo("expired");
        world.log.release(MOVIE);

        assertThat(problem(revocations.revoke(world.ticket(0), "later", null)).kind())
                .isEqualTo("expired");
    }
}
