package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.access.Principal;
import dev.dibs.api.claim.ClaimRequest;
import dev.dibs.api.claim.ClaimResult.Claimed;
import dev.dibs.api.claim.TicketInventory;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.publish.LogPublisher;
import dev.dibs.api.recovery.Relay;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.Fingerprint;
import io.lettuce.core.XAddArgs;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An instance dies between the claim and the log. */
class RelayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The relay looks every second at what is older than two. */
    private static final Duration LONGER_THAN_THE_RELAY_WAITS = Duration.ofSeconds(5);

    private static Claimed claimWithoutPublishing(GrabWorld world, ActivityId id, Principal user) {
        long now = System.currentTimeMillis();
        return (Claimed) GrabWorld.await(world.bean(TicketInventory.class)
                .claim(new ClaimRequest(
                        id,
                        user,
                        new RequestId("r1"),
                        Fingerprint.of("r1"),
                        new TicketId(UUID.randomUUID()),
                        now + 5_000,
                        now,
                        "")));
    }

    @Test
    void aClaimThatNobodyPublishedBecomesATicketByTheRelay() {
        try (GrabWorld world = GrabWorld.start()) {
            ActivityId id = world.onSale("relayed", 3, 1);
            Principal anna = GrabWorld.user("anna");
            Claimed claimed = claimWithoutPublishing(world, id, anna);
            Grabs grabs = world.bean(Grabs.class);
            assertThat(GrabWorld.await(grabs.result(anna, id))).isEqualTo(Plain.PENDING);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(GrabWorld.await(grabs.result(anna, id)))
                            .isInstanceOfSatisfying(
                                    Granted.class,
                                    granted -> assertThat(granted.ticket().ticketId())
                                            .isEqualTo(claimed.event().ticketId())));
        }
    }

    @Test
    void withoutTheRelayItStaysPending() {
        try (GrabWorld world = GrabWorld.startPatient()) {
            ActivityId id = world.onSale("unrelayed", 3, 1);
            world.bean(Relay.class).close();
            Principal anna = GrabWorld.user("anna");
            claimWithoutPublishing(world, id, anna);
            Grabs grabs = world.bean(Grabs.class);

            await().during(LONGER_THAN_THE_RELAY_WAITS)
                    .atMost(PATIENCE)
                    .until(() -> GrabWorld.await(grabs.result(anna, id)) == Plain.PENDING);

            // A retry of the request publishes it as well.
            assertThat(world.grab(id, "anna", "r1")).isInstanceOf(Granted.class);
        }
    }

    @Test
    void whatKeepsItFromOneActivityDoesNotKeepItFromTheOthers() {
        try (GrabWorld world = GrabWorld.start()) {
            // Given one before it and one behind it, whichever way they are gone through
            breakOutbox(world, world.onSale("broken-before", 3, 1));
            ActivityId id = world.onSale("sound", 3, 1);
            breakOutbox(world, world.onSale("broken-behind", 3, 1));

            Principal anna = GrabWorld.user("anna");
            claimWithoutPublishing(world, id, anna);

            awaitGranted(world, id, anna);
        }
    }

    private static void breakOutbox(GrabWorld world, ActivityId id) {
        String outbox = new InventoryKeys(id).outbox();
        world.redis().unlink(outbox);
        world.redis().set(outbox, "no stream");
    }

    @Test
    void anEntryThatNobodyCanReadKeepsNobodyElseWaitingAndItsClaimIsSoldToSomebodyElse() {
        try (GrabWorld world = GrabWorld.start()) {
            ActivityId id = world.onSale("unreadable", 2, 1);
            Principal lost = GrabWorld.user("lost");
            Claimed unreadable = claimWithoutPublishing(world, id, lost);
            String outbox = new InventoryKeys(id).outbox();
            world.redis().unlink(outbox);
            world.redis().xadd(outbox, new XAddArgs().id(unreadable.outboxId()), "claim", "of the future");

            Principal anna = GrabWorld.user("anna");
            claimWithoutPublishing(world, id, anna);

            awaitGranted(world, id, anna);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(world.grab(id, "berta", "r2")).isInstanceOf(Granted.class));
        }
    }

    @Test
    void aTicketIsToldAtOnceAlsoToWhoWaitsForAnother() {
        try (GrabWorld world = GrabWorld.startPatient()) {
            // Given a ticket, and a claim for a second one that is not in the log
            ActivityId id = world.onSale("two-each", 3, 2);
            world.bean(Relay.class).close();
            Principal anna = GrabWorld.user("anna");
            Granted first = (Granted) world.grab(id, "anna", "r0");
            Claimed second = claimWithoutPublishing(world, id, anna);
            Grabs grabs = world.bean(Grabs.class);

            // When she asks before it is there, and after
            GrabOutcome meanwhile = GrabWorld.await(grabs.result(anna, id));
            world.bean(LogPublisher.class).append(second.event()).join();

            assertThat(meanwhile)
                    .isInstanceOfSatisfying(
                            Granted.class,
                            granted -> assertThat(granted.ticket()).isEqualTo(first.ticket()));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(GrabWorld.await(grabs.result(anna, id)))
                            .isInstanceOfSatisfying(
                                    Granted.class,
                                    granted -> assertThat(granted.ticket().ticketId())
                                            .isEqualTo(second.event().ticketId())));
        }
    }

    private static void awaitGranted(GrabWorld world, ActivityId id, Principal user) {
        Grabs grabs = world.bean(Grabs.class);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(GrabWorld.await(grabs.result(user, id))).isInstanceOf(Granted.class));
    }

    @Test
    void nobodyIsToldThatThereIsNothingWhileRedisDoesNotKnow() {
        try (GrabWorld world = GrabWorld.start()) {
            // Given a claim on its way to the log, and a Redis that has lost all and is not rebuilt yet
            ActivityId id = world.onSale("forgotten", 3, 1);
            world.bean(Relay.class).close();
            Principal anna = GrabWorld.user("anna");
            Claimed onItsWay = claimWithoutPublishing(world, id, anna);
            InventoryKeys keys = new InventoryKeys(id);
            world.redis().unlink(keys.state(), keys.free(), keys.users(), keys.codes(), keys.outbox());
            Grabs grabs = world.bean(Grabs.class);

            // When its owner asks
            GrabOutcome meanwhile = GrabWorld.await(grabs.result(anna, id));

            // Then it is not over: the claim may still come into the log, as it does here
            assertThat(meanwhile).isEqualTo(Plain.UNAVAILABLE);
            world.bean(LogPublisher.class).append(onItsWay.event()).join();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(GrabWorld.await(grabs.result(anna, id))).isInstanceOf(Granted.class));
        }
    }

    @Test
    void whoseClaimWasLostWithRedisIsToldSoOnceAnEpochIsOpen() {
        try (GrabWorld world = GrabWorld.start()) {
            ActivityId id = world.onSale("lost", 3, 1);
            world.bean(Relay.class).close();
            Principal anna = GrabWorld.user("anna");
            claimWithoutPublishing(world, id, anna);
            InventoryKeys keys = new InventoryKeys(id);
            world.redis().unlink(keys.state(), keys.free(), keys.users(), keys.codes(), keys.outbox());

            world.reconcile(id);

            assertThat(GrabWorld.await(world.bean(Grabs.class).result(anna, id)))
                    .isEqualTo(Plain.NONE);
        }
    }
}
