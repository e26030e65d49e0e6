package dev.dibs.api.door;

import static dev.dibs.api.door.DoorWorld.MOVIE;
import static dev.dibs.api.door.DoorWorld.now;
import static dev.dibs.api.door.DoorWorld.press;
import static dev.dibs.api.door.DoorWorld.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.api.door.DoorAnswer.LetIn;
import dev.dibs.api.door.DoorAnswer.Refused;
import dev.dibs.api.operations.MemoryLog;
import dev.dibs.api.operations.Problem;
import dev.dibs.events.TicketRedeemed;
import dev.dibs.events.TicketRevoked;
import dev.dibs.ids.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

class DoorTest {
    private final DoorWorld world = new DoorWorld();
    private final Door door = world.door();

    @Test
    void theFirstPressIsLetInAndTheSecondLearnsWhereAndWhen() {
        LetIn letIn = (LetIn) now(door.redeem(press("CODE-1", "north")));
        long first = world.clock.millis();
        world.clock.goOn(Duration.ofMinutes(1));

        Problem second = problem(door.redeem(press("CODE-1", "south")));

        assertThat(letIn.ticketId()).isEqualTo(world.ticket(1));
        assertThat(letIn.redeemedAt()).isEqualTo(first);
        assertThat(letIn.repeated()).isFalse();
        assertThat(second.status()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(second.kind()).isEqualTo("already-redeemed");
        assertThat(second.members()).containsEntry("gate", "north").containsEntry("redeemed_at", first);
    }

    @Test
    void ofTwoPressesThatBothSawAnUnusedTicketTheLogLetsOneIn() {
        // Given another instance that presses between this one's look and its record
        List<DoorAnswer> faster = new ArrayList<>();
        world.log.justBeforeNext(() -> faster.add(now(world.door().redeem(press("CODE-0", "south")))));

        Problem slower = problem(door.redeem(press("CODE-0", "north")));

        assertThat(faster).singleElement().isInstanceOf(LetIn.class);
        assertThat(slower.kind()).isEqualTo("already-redeemed");
        assertThat(slower.members()).containsEntry("gate", "south");
        assertThat(world.log.events())
                .filteredOn(TicketRedeemed.class::isInstance)
                .hasSize(2);
    }

    @Test
    void howeverManyPressAtOnceExactlyOneIsLetIn() throws Exception {
        int gates = 16;
        CountDownLatch together = new CountDownLatch(gates);
        ExecutorService pool = Executors.newFixedThreadPool(gates);
        List<Future<DoorAnswer>> answers = new ArrayList<>();
        for (int gate = 0; gate < gates; gate++) {
            String name = "gate-" + gate;
            answers.add(pool.submit(() -> {
                Door own = world.door();
                together.countDown();
                together.await();
                return now(own.redeem(press("CODE-2", name)));
            }));
        }
        pool.shutdown();

        List<LetIn> letIn = new ArrayList<>();
        List<Problem> refused = new ArrayList<>();
        for (Future<DoorAnswer> answer : answers) {
            if (answer.get() instanceof LetIn one) {
                letIn.add(one);
            } else {
                refused.add(((Refused) answer.get()).problem());
            }
        }

        assertThat(letIn).hasSize(1);
        assertThat(refused)
                .hasSize(gates - 1)
                .allSatisfy(problem -> assertThat(problem.members())
                        .containsEntry("gate", letIn.get(0).gate()));
    }

    @Test
    void aRepeatedRequestGetsTheSameAnswerAndAnotherOneDoesNot() {
        LetIn first = (LetIn) now(door.redeem(press("CODE-0", "north", "press-1")));
        world.clock.goOn(Duration.ofMinutes(1));

        LetIn again = (LetIn) now(world.door().redeem(press("CODE-0", "north", "press-1")));

        assertThat(again.repeated()).isTrue();
        assertThat(again.redeemedAt()).isEqualTo(first.redeemedAt());
        assertThat(problem(door.redeem(press("CODE-0", "north", "press-2"))).kind())
                .isEqualTo("already-redeemed");
        assertThat(problem(door.redeem(press("CODE-0", "south", "press-1"))).kind())
                .isEqualTo("already-redeemed");
    }

    /** Two devices of one make are set up alike: the gate calls itself the same, and counts its presses from 1. */
    @Test
    void ofTwoKeepersWhoNameGateAndRequestAlikeOneLetsTheHolderIn() {
        RedeemRequest first = press("CODE-0", DoorWorld.KEEPER, "north", "press-1");
        RedeemRequest second = press("CODE-0", new UserId("another-keeper"), "north", "press-1");

        DoorAnswer letIn = now(door.redeem(first));
        Problem refused = problem(world.door().redeem(second));

        assertThat(((LetIn) letIn).repeated()).isFalse();
        assertThat(refused.kind()).isEqualTo("already-redeemed");
        assertThat(((LetIn) now(world.door().redeem(first))).repeated()).isTrue();
    }

    /** As it was when the gate's name alone said who presses. */
    @Test
    void keepersWhoCannotBeToldApartWouldBothLetTheHolderIn() {
        now(door.redeem(press("CODE-0", DoorWorld.KEEPER, "north", "press-1")));

        assertThat(now(world.door().redeem(press("CODE-0", DoorWorld.KEEPER, "north", "press-1"))))
                .isInstanceOf(LetIn.class);
    }

    @Test
    void theSameRequestAtTwoInstancesAtOnceIsToldWhatTheLogSays() {
        // Given another instance, whose record of the same press comes first and is taken for this one's
        long earlier = world.clock.millis() - 7;
        Door late = world.door(event -> {
            TicketRedeemed mine = (TicketRedeemed) event;
            return Mono.just(world.log.append(
                    new TicketRedeemed(mine.eventId(), earlier, MOVIE, mine.ticketId(), mine.sequence(), mine.gate())));
        });

        LetIn letIn = (LetIn) now(late.redeem(press("CODE-0", "north", "press-1")));

        assertThat(letIn.redeemedAt()).isEqualTo(earlier);
    }

    @Test
    void whereTheLogSaysNothingTheRepeatedRequestLearnsWhatHappened() {
        world.log.next(MemoryLog.Fault.UNCONFIRMED);
        Problem unknown = problem(door.redeem(press("CODE-0", "north", "press-1")));
        world.log.next(MemoryLog.Fault.LOST);
        Problem lost = problem(door.redeem(press("CODE-1", "north", "press-2")));

        LetIn written = (LetIn) now(door.redeem(press("CODE-0", "north", "press-1")));
        LetIn anew = (LetIn) now(door.redeem(press("CODE-1", "north", "press-2")));

        assertThat(List.of(unknown, lost)).allSatisfy(problem -> {
            assertThat(problem.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            assertThat(problem.kind()).isEqualTo("not-confirmed");
        });
        assertThat(written.repeated()).isTrue();
        assertThat(anew.repeated()).isFalse();
    }

    @Test
    void everyReasonHasAnAnswerOfItsOwn() {
        world.log.append(new TicketRevoked(UUID.randomUUID(), 5_000, MOVIE, world.ticket(0), 0, "a chargeback"));

        assertThat(problem(door.redeem(press("NO-SUCH-CODE", "north"))).kind()).isEqualTo("unknown-code");
        assertThat(problem(door.redeem(press("HALF-WRITTEN", "north"))).kind()).isEqualTo("unknown-code");
        assertThat(problem(door.redeem(press("CODE-7", "north"))).kind()).isEqualTo("not-issued");
        Problem revoked = problem(door.redeem(press("CODE-0", "north")));
        assertThat(revoked.kind()).isEqualTo("already-revoked");
        assertThat(revoked.members()).containsEntry("revoked_at", 5_000L);
        assertThat(problem(door.redeem(new RedeemRequest("CODE-1", DoorWorld.KEEPER, "north", DoorWorld.CONCERT, null)))
                        .kind())
                .isEqualTo("other-activity");
        assertThat(now(door.redeem(new RedeemRequest("CODE-1", DoorWorld.KEEPER, "north", MOVIE, null))))
                .isInstanceOf(LetIn.class);
    }

    @Test
    void aFingerprintThatLeadsToAnotherCodeLetsNobodyIn() {
        assertThat(problem(door.redeem(press("COLLIDES", "north"))).kind()).isEqualTo("unknown-code");
    }

    @Test
    void aTicketIsGoodFromTheFirstSecondOfItsWindowToItsLast() {
        world.clock.goOn(Duration.ofMillis(-1));
        Problem early = problem(door.redeem(press("CODE-0", "north")));
        world.clock.goOn(Duration.ofMillis(1));
        DoorAnswer first = now(door.redeem(press("CODE-0", "north")));
        world.clock.goOn(Duration.ofHours(1).minusMillis(1));
        DoorAnswer last = now(door.redeem(press("CODE-1", "north")));
        world.clock.goOn(Duration.ofMillis(1));
        Problem late = problem(door.redeem(press("CODE-2", "north")));

        assertThat(early.kind()).isEqualTo("not-yet-valid");
        assertThat(early.members()).containsEntry("start_time", world.clock.seconds() - 3_600);
        assertThat(first).isInstanceOf(LetIn.class);
        assertThat(last).isInstanceOf(LetIn.class);
        assertThat(late.kind()).isEqualTo("expired");
        assertThat(late.members()).containsEntry("end_time", world.clock.seconds());
        assertThat(problem(door.redeem(press("CODE-1", "north"))).kind()).isEqualTo("already-redeemed");
    }

    @Test
    void ofAnActivityThatIsForgottenNothingIsValidAnyMore() {
        now(door.redeem(press("CODE-0", "north")));
        world.log.release(MOVIE);

        assertThat(problem(door.redeem(press("CODE-0", "north"))).kind()).isEqualTo("expired");
    }

    @Test
    void whoHasNotReadTheLogDecidesNothing() {
        world.log.caughtUp(false);

        assertThat(problem(door.redeem(press("CODE-0", "north"))).kind()).isEqualTo("still-reading");
    }

    @Test
    void withoutTheDatabaseNobodyIsCalledUnknown() {
        world.databaseGoesAway();

        assertThatThrownBy(() -> now(door.redeem(press("CODE-0", "north")))).hasCauseInstanceOf(TimeoutException.class);
    }
}
