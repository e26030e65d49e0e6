package dev.dibs.api.grab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.activity.ActivityState;
import dev.dibs.api.claim.ClaimRequest;
import dev.dibs.api.claim.TicketInventory;
import dev.dibs.api.grab.GrabOutcome.AlreadyTaken;
import dev.dibs.api.grab.GrabOutcome.Granted;
import dev.dibs.api.grab.GrabOutcome.Plain;
import dev.dibs.api.recovery.Recovery;
import dev.dibs.api.recovery.UnmendedKeys;
import dev.dibs.api.tickets.OwnedTicket;
import dev.dibs.api.verdict.LedgerFollower;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Verdict;
import dev.dibs.testkit.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * One key of an activity vanishes while its state stays, by an eviction or an operator's hand: Redis is in the ledger's
 * epoch and contradicts it all the same.
 */
@Timeout(300)
class LostKeysIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Some looks of the relay, which finds out after two seconds. */
    private static final Duration LONGER_THAN_MENDING_TAKES = Duration.ofSeconds(8);

    private static final int STOCK = 12;

    /** One at a time; those that get nothing are left out. */
    private static List<OwnedTicket> grabs(GrabWorld world, ActivityId id, int count, String name) {
        List<OwnedTicket> tickets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (world.grab(id, name + i, "r") instanceof Granted granted) {
                tickets.add(granted.ticket());
            }
        }
        return tickets;
    }

    /** Until nothing is left, by buyers who come again and again. */
    private static void allIsSold(GrabWorld world, ActivityId id, List<OwnedTicket> sold) {
        await().atMost(PATIENCE).until(() -> {
            sold.addAll(grabs(world, id, STOCK, "buyer-" + UUID.randomUUID() + "-"));
            return world.account(id).remaining() == 0;
        });
        assertThat(sold).hasSize(STOCK).extracting(OwnedTicket::code).doesNotHaveDuplicates();
        assertThat(world.grab(id, "too-late", "r")).isEqualTo(Plain.SOLD_OUT);
    }

    private static ActivityId withoutCodes(GrabWorld world, List<OwnedTicket> sold) {
        ActivityId id = world.onSale("codes-lost", STOCK, 1);
        sold.addAll(grabs(world, id, 4, "early-"));
        world.redis().del(new InventoryKeys(id).codes());
        return id;
    }

    /** Sequences 2 and 3 were free. */
    private static ActivityId withoutFree(GrabWorld world, List<OwnedTicket> sold) {
        ActivityId id = world.onSale("free-lost", STOCK, 1);
        InventoryKeys keys = new InventoryKeys(id);
        sold.addAll(grabs(world, id, 2, "early-"));
        world.redis().hset(keys.state(), "cursor", "4");
        sold.addAll(grabs(world, id, 1, "middle-"));
        world.bean(Recovery.class).recover(id).join();
        assertThat(world.redis().lrange(keys.free(), 0, -1)).containsExactly("2", "3");
        world.redis().del(keys.free());
        return id;
    }

    /** A claim that was made and never published, and of which nothing is known any more. */
    private static ActivityId withoutOutbox(GrabWorld world, List<OwnedTicket> sold) {
        ActivityId id = world.onSale("outbox-lost", STOCK, 1);
        sold.addAll(grabs(world, id, 2, "early-"));
        long now = System.currentTimeMillis();
        GrabWorld.await(world.bean(TicketInventory.class)
                .claim(new ClaimRequest(
                        id,
                        GrabWorld.user("lost"),
                        new RequestId("r"),
                        Fingerprint.of("r"),
                        new TicketId(UUID.randomUUID()),
                        now + 5_000,
                        now,
                        "")));
        world.redis().del(new InventoryKeys(id).outbox());
        return id;
    }

    private static ActivityId withoutUsers(GrabWorld world, List<OwnedTicket> sold) {
        ActivityId id = world.onSale("users-lost", STOCK, 1);
        sold.addAll(grabs(world, id, 4, "early-"));
        world.redis().del(new InventoryKeys(id).users());
        return id;
    }

    /** Of somebody who has a ticket, as from an instance that did not know it yet: admission does not stop it. */
    private static GrabOutcome claimOnceMore(GrabWorld world, ActivityId id) {
        return GrabWorld.await(world.bean(Claiming.class)
                .claim(
                        GrabWorld.activity(id, 1, ActivityState.PUBLISHED, 2),
                        GrabWorld.user("early-1"),
                        new RequestId("another"),
                        () -> new TicketId(UUID.randomUUID()),
                        System.currentTimeMillis(),
                        ""));
    }

    private static long voidByLimit(GrabWorld world) {
        return world.bean(LedgerFollower.class).verdicts().total(Verdict.VOID_LIMIT_REACHED);
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Mended {
        private final List<OwnedTicket> sold = new ArrayList<>();
        private GrabWorld world;

        @BeforeAll
        void start() {
            world = GrabWorld.startPatient();
        }

        @AfterAll
        void stop() {
            world.close();
        }

        @BeforeEach
        void nothingIsSold() {
            sold.clear();
        }

        @Test
        void withoutItsCodesTheSaleGoesOn() {
            ActivityId id = withoutCodes(world, sold);
            long epoch = world.account(id).epoch();

            allIsSold(world, id, sold);

            assertThat(world.account(id).epoch()).isGreaterThan(epoch);
        }

        @Test
        void withoutItsFreeListNothingStaysUnsold() {
            ActivityId id = withoutFree(world, sold);

            allIsSold(world, id, sold);

            assertThat(sold).extracting(OwnedTicket::sequence).contains(2, 3);
        }

        @Test
        void withoutItsOutboxNothingStaysUnsoldAndWhoseClaimWasLostIsToldSo() {
            ActivityId id = withoutOutbox(world, sold);

            allIsSold(world, id, sold);

            assertThat(GrabWorld.await(world.bean(Grabs.class).result(GrabWorld.user("lost"), id)))
                    .isEqualTo(Plain.NONE);
        }

        @Test
        void withoutItsUsersOneClaimIsVoidAndNothingIsBurned() {
            ActivityId id = withoutUsers(world, sold);
            long before = voidByLimit(world);

            GrabOutcome refused = claimOnceMore(world, id);

            assertThat(refused).isInstanceOf(AlreadyTaken.class);
            // The claim, and the copy that the opening may have found in the outbox.
            assertThat(voidByLimit(world) - before).isBetween(1L, 2L);
            allIsSold(world, id, sold);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithoutMending {
        private final List<OwnedTicket> sold = new ArrayList<>();
        private GrabWorld world;

        @BeforeAll
        void start() {
            world = GrabWorld.startOn(TestServers.redis(), TestServers.kafka(), UnmendedKeys.class);
        }

        @AfterAll
        void stop() {
            world.close();
        }

        /** Also when the relay has looked for a while. */
        private void staysUnsold(ActivityId id, int count) {
            await().during(LONGER_THAN_MENDING_TAKES).atMost(PATIENCE).until(() -> {
                grabs(world, id, 2, "buyer-" + UUID.randomUUID() + "-");
                return world.account(id).remaining() == count;
            });
        }

        @Test
        void withoutItsCodesNobodyGetsAnything() {
            ActivityId id = withoutCodes(world, sold);

            assertThat(world.grab(id, "anna", "r")).isEqualTo(Plain.UNAVAILABLE);
            staysUnsold(id, STOCK - 4);
        }

        @Test
        void withoutItsFreeListWhatWasFreeStaysUnsold() {
            ActivityId id = withoutFree(world, sold);
            grabs(world, id, STOCK, "late-");

            assertThat(world.grab(id, "anna", "r")).isEqualTo(Plain.SOLD_OUT);
            staysUnsold(id, 2);
        }

        @Test
        void withoutItsOutboxWhatWasOnItsWayStaysUnsold() {
            ActivityId id = withoutOutbox(world, sold);
            grabs(world, id, STOCK, "late-");

            staysUnsold(id, 1);
        }

        @Test
        void withoutItsUsersOneClaimAfterTheOtherIsVoidAndBurnsASequence() {
            ActivityId id = withoutUsers(world, sold);
            long before = voidByLimit(world);

            GrabOutcome refused = claimOnceMore(world, id);

            assertThat(refused).isNotInstanceOf(AlreadyTaken.class);
            await().atMost(PATIENCE).until(() -> voidByLimit(world) - before > 2);
            grabs(world, id, STOCK, "late-");
            assertThat(world.account(id).remaining()).isPositive();
        }
    }
}
