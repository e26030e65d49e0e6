package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.ActivityState;
import dev.dibs.api.claim.Outbox;
import dev.dibs.api.grab.GrabOutcome.AlreadyTaken;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.recovery.Recovery;
import dev.dibs.api.recovery.Relay;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class GrabFlowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static GrabWorld world;

    @BeforeAll
    static void start() {
        world = GrabWorld.startPatient();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static List<GrabOutcome> grabs(ActivityId id, int count, int concurrency, String user) {
        return GrabWorld.await(Flux.range(0, count)
                .flatMap(i -> world.grabbing(id, user.replace("#", Integer.toString(i)), "r" + i), concurrency)
                .collectList());
    }

    private static List<OwnedTicket> granted(List<GrabOutcome> outcomes) {
        return outcomes.stream()
                .filter(Granted.class::isInstance)
                .map(o -> ((Granted) o).ticket())
                .toList();
    }

    @Test
    void oneUserWhoPressesTwoHundredTimesAtOnceGetsOneTicket() {
        ActivityId id = world.onSale("presses", 50, 1);

        List<GrabOutcome> outcomes = grabs(id, 200, 200, "anna");

        assertThat(granted(outcomes)).hasSize(1);
        assertThat(outcomes)
                .filteredOn(o -> !(o instanceof Granted))
                .allSatisfy(o -> assertThat(((AlreadyTaken) o).ticket())
                        .isEqualTo(granted(outcomes).get(0)));
        assertThat(world.account(id).granted()).isEqualTo(1);
    }

    @Test
    void aCrowdGetsAllOfTheStockEachCodeOnce() {
        ActivityId id = world.onSale("crowd", 100, 1);

        List<GrabOutcome> outcomes = grabs(id, 1_000, 128, "user-#");

        assertThat(granted(outcomes))
                .hasSize(100)
                .doesNotHaveDuplicates()
                .extracting(OwnedTicket::code)
                .doesNotHaveDuplicates();
        assertThat(outcomes).filteredOn(o -> !(o instanceof Granted)).containsOnly(Plain.SOLD_OUT);
        assertThat(world.account(id).remaining()).isZero();
    }

    @Test
    void theSameRequestGetsTheSameTicketAgain() {
        ActivityId id = world.onSale("repeat", 10, 2);

        Granted first = (Granted) world.grab(id, "anna", "r1");
        Granted again = (Granted) world.grab(id, "anna", "r1");
        Granted second = (Granted) world.grab(id, "anna", "r2");
        GrabOutcome third = world.grab(id, "anna", "r3");

        assertThat(again.ticket()).isEqualTo(first.ticket());
        assertThat(second.ticket().ticketId()).isNotEqualTo(first.ticket().ticketId());
        assertThat(((AlreadyTaken) third).ticket()).isEqualTo(second.ticket());
        assertThat(((Granted) GrabWorld.await(world.bean(Grabs.class).result(GrabWorld.user("anna"), id))).ticket())
                .isEqualTo(second.ticket());
    }

    @Test
    void aFlushedRedisIsRebuiltFromTheLogAndNothingIsIssuedTwice() {
        ActivityId id = world.onSale("flushed", 60, 1);
        List<OwnedTicket> before = granted(grabs(id, 30, 16, "early-#"));
        InventoryKeys keys = new InventoryKeys(id);
        world.redis().unlink(keys.state(), keys.free(), keys.users(), keys.codes(), keys.outbox());

        List<OwnedTicket> after = granted(grabs(id, 100, 16, "late-#"));

        assertThat(before).hasSize(30);
        assertThat(after).hasSize(30);
        assertThat(Flux.concat(Flux.fromIterable(before), Flux.fromIterable(after))
                        .map(OwnedTicket::code)
                        .collectList()
                        .block())
                .doesNotHaveDuplicates();
        assertThat(((Granted) world.grab(id, "early-3", "r3")).ticket())
                .isEqualTo(before.stream()
                        .filter(t -> world.account(id)
                                .holdings(Fingerprint.of("early-3"))
                                .get(0)
                                .ticketId()
                                .equals(t.ticketId()))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void aRecoveryAtAnOperatorsWordWritesEverythingAnewWhileTheSaleGoesOn() throws Exception {
        // Given a sale that runs, and keys that look right but are not
        ActivityId id = world.onSale("recovered", 200, 1);
        granted(grabs(id, 20, 16, "early-#"));
        InventoryKeys keys = new InventoryKeys(id);
        long before = world.account(id).epoch();
        world.redis().hset(keys.codes(), "150", "standard|spoilt");
        CompletableFuture<List<GrabOutcome>> crowd = CompletableFuture.supplyAsync(
                () -> grabs(id, 400, 32, "late-#"), runnable -> new Thread(runnable).start());

        // When
        world.bean(Recovery.class).recover(id).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThat(world.account(id).epoch()).isGreaterThan(before);
        assertThat(world.redis().hget(keys.codes(), "150")).doesNotContain("spoilt");
        assertThat(granted(crowd.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)))
                .extracting(OwnedTicket::code)
                .doesNotHaveDuplicates();
        granted(grabs(id, 200, 16, "last-#"));
        assertThat(world.account(id).remaining()).isZero();
    }

    @Test
    void sequencesLostWithRedisAreHandedOutAfterAll() {
        // Given claims that Redis made and that never came into the log: sequences 3 and 4 are gone from its cursor
        ActivityId id = world.onSale("stranded", 10, 1);
        granted(grabs(id, 3, 1, "early-#"));
        InventoryKeys keys = new InventoryKeys(id);
        world.redis().hset(keys.state(), "cursor", "5");
        granted(grabs(id, 1, 1, "middle-#"));
        world.redis().hset(keys.state(), "fence", "0000000000000000000000000000000000000000");

        List<OwnedTicket> after = granted(grabs(id, 20, 4, "late-#"));

        assertThat(after).hasSize(6).extracting(OwnedTicket::sequence).contains(3, 4);
        assertThat(world.account(id).remaining()).isZero();
    }

    @Test
    void stockThatIsAddedDuringTheSaleIsSold() {
        ActivityId id = world.onSale("more", 5, 1);
        assertThat(granted(grabs(id, 10, 4, "early-#"))).hasSize(5);

        world.addStock(id, 7);
        world.reconcile(id);

        assertThat(granted(grabs(id, 20, 4, "late-#"))).hasSize(7);
        assertThat(world.account(id).epoch()).as("no new epoch was needed").isNotEqualTo(-1);
    }

    @Test
    void aPauseAndAHigherLimitTakeEffectDuringTheSale() {
        ActivityId id = world.onSale("changes", 10, 1);
        world.grab(id, "anna", "r1");

        world.save(GrabWorld.activity(id, 1, ActivityState.PAUSED, 3));
        assertThat(world.grab(id, "berta", "r1")).isEqualTo(Plain.PAUSED);
        world.save(GrabWorld.activity(id, 2, ActivityState.PUBLISHED, 4));
        world.reconcile(id);

        assertThat(world.grab(id, "anna", "r2")).isInstanceOf(Granted.class);
        assertThat(world.grab(id, "anna", "r3")).isInstanceOf(AlreadyTaken.class);
    }

    @Test
    void theOutboxIsEmptyOnceTheLogHasDecided() {
        ActivityId id = world.onSale("outbox", 20, 1);

        grabs(id, 20, 8, "user-#");

        await().atMost(PATIENCE).until(() -> world.redis().xlen(new InventoryKeys(id).outbox()) == 0);
        assertThat(world.bean(Outbox.class).oldest(id, 10).toCompletableFuture().join())
                .isEmpty();
    }

    /** Without the relay, which would publish what a grab has left behind. */
    @Test
    void theGrabOfAClientWhoGoesAwayIsBroughtToItsEnd() {
        try (GrabWorld gone = GrabWorld.startPatient()) {
            ActivityId id = gone.onSale("gone", 3, 1);
            gone.bean(Relay.class).close();

            gone.grabbing(id, "anna", "r1").subscribe().dispose();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(gone.account(id)
                                    .holdings(GrabWorld.user("anna").fingerprint()))
                            .hasSize(1));
        }
    }
}
