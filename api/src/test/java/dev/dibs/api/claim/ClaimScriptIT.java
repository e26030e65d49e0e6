package dev.dibs.api.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.claim.ClaimResult.Claimed;
import dev.dibs.api.claim.ClaimResult.Held;
import dev.dibs.api.claim.ClaimResult.Incomplete;
import dev.dibs.api.claim.ClaimResult.LimitReached;
import dev.dibs.api.claim.ClaimResult.Refused;
import dev.dibs.testkit.TestIds;
import dev.dibs.testkit.TestServers;
import io.lettuce.core.Range;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimScriptIT {
    private ClaimWorld world;

    @BeforeEach
    void connect() {
        world = new ClaimWorld(TestServers.redis(), TestIds.activity("claim"));
    }

    @AfterEach
    void disconnect() {
        world.close();
    }

    @Test
    void handsOutEachSequenceOnceInOrderAndThenIsSoldOut() {
        world.open(3, 1);

        List<ClaimResult> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            results.add(world.claim("user" + i, "r"));
        }

        assertThat(results.subList(0, 3)).allSatisfy(r -> assertThat(r).isInstanceOf(Claimed.class));
        assertThat(results.subList(0, 3))
                .extracting(r ->
                        ((Claimed) r).event().sequence() + ((Claimed) r).code().code())
                .containsExactly("0C0", "1C1", "2C2");
        assertThat(results.subList(3, 5)).containsOnly(Refused.SOLD_OUT);
    }

    @Test
    void leavesEachClaimInTheOutboxJustAsItIsToBePublished() {
        world.open(1, 1);

        Claimed claimed = (Claimed) world.claim("anna", "r1");

        var messages = world.redis.xrange(world.keys.outbox(), Range.unbounded());
        assertThat(messages).hasSize(1);
        OutboxEntry entry = OutboxEntry.of(world.activityId, messages.get(0));
        assertThat(entry.id()).isEqualTo(claimed.outboxId()).isEqualTo(ClaimWorld.EPOCH + "-1");
        assertThat(entry.event()).isEqualTo(claimed.event());
    }

    @Test
    void answersTheSameRequestWithTheSameTicketAlsoWhenTheSaleIsOver() {
        world.open(3, 1);
        Claimed claimed = (Claimed) world.claim("anna", "r1");
        world.redis.hset(world.keys.state(), "closes", "0");

        ClaimResult again = world.claim("anna", "r1");

        assertThat(again).isInstanceOf(Held.class);
        assertThat(((Held) again).event()).isEqualTo(claimed.event());
        assertThat(world.redis.hget(world.keys.state(), "cursor")).isEqualTo("1");
    }

    @Test
    void keepsEachUserToTheLimit() {
        world.open(5, 2);
        world.claim("anna", "r1");
        Claimed second = (Claimed) world.claim("anna", "r2");

        ClaimResult third = world.claim("anna", "r3");

        assertThat(third).isInstanceOf(LimitReached.class);
        assertThat(((LimitReached) third).latest().ticketId())
                .isEqualTo(second.event().ticketId());
        assertThat(world.claim("anna", "r1")).isInstanceOf(Held.class);
    }

    @Test
    void refusesOutsideTheWindowAndWhilePaused() {
        world.open(1, 1);

        world.redis.hset(world.keys.state(), "opens", Long.toString(world.now() + 60_000));
        assertThat(world.claim("anna", "r")).isEqualTo(Refused.NOT_STARTED);
        world.redis.hset(world.keys.state(), "opens", "0");
        world.redis.hset(world.keys.state(), "paused", "1");
        assertThat(world.claim("anna", "r")).isEqualTo(Refused.PAUSED);
        world.redis.hset(world.keys.state(), "closes", "1");
        assertThat(world.claim("anna", "r")).isEqualTo(Refused.ENDED);
        assertThat(world.redis.hget(world.keys.state(), "cursor")).isEqualTo("0");
    }

    @Test
    void handsOutFreedSequencesBeforeNewOnes() {
        world.open(5, 1);
        world.redis.hset(world.keys.state(), "cursor", "3");
        world.redis.rpush(world.keys.free(), "1");

        Claimed first = (Claimed) world.claim("anna", "r");
        Claimed second = (Claimed) world.claim("berta", "r");

        assertThat(first.event().sequence()).isEqualTo(1);
        assertThat(second.event().sequence()).isEqualTo(3);
        assertThat(world.redis.llen(world.keys.free())).isZero();
    }

    @Test
    void changesNothingWhereACodeIsMissing() {
        world.open(2, 1);
        world.redis.hdel(world.keys.codes(), "0");

        assertThat(world.claim("anna", "r")).isEqualTo(new Incomplete(ClaimWorld.EPOCH));

        assertThat(world.redis.hget(world.keys.state(), "cursor")).isEqualTo("0");
        assertThat(world.redis.exists(world.keys.users(), world.keys.outbox())).isZero();
    }

    @Test
    void whoHoldsATicketWhoseCodeIsMissingIsNotToldOfItWithoutTheCode() {
        world.open(2, 1);
        world.claim("anna", "r1");
        world.redis.del(world.keys.codes());

        assertThat(world.claim("anna", "r1")).isEqualTo(new Incomplete(ClaimWorld.EPOCH));
        assertThat(world.claim("anna", "r2")).isEqualTo(new Incomplete(ClaimWorld.EPOCH));
    }

    @Test
    void refusesWhereNothingHasBeenOpened() {
        assertThat(world.claim("anna", "r")).isEqualTo(Refused.UNOPENED);
    }

    @Test
    void doesNothingAfterTheDeadlineOfTheRequest() {
        world.open(1, 1);
        long past = world.now() - 5_000;

        ClaimResult late = world.claim(RedisTicketInventory.CLAIM, "anna", "r", past);
        ClaimResult unguarded =
                world.claim(RedisTicketInventory.CLAIM.without("  return {'EXPIRED'}\n"), "anna", "r", past);

        assertThat(late).isEqualTo(Refused.EXPIRED);
        assertThat(unguarded).as("without the guard").isInstanceOf(Claimed.class);
    }

    /** A digest that the server never knows would cost a second round trip for each claim, and nothing would fail. */
    @Test
    void sendsTheTextOfTheScriptOnlyOnce() {
        world.open(3, 1);
        world.claim("anna", "r1");
        long textsBefore = world.calls("eval");

        world.claim("bert", "r1");
        world.claim("carl", "r1");

        assertThat(world.calls("eval")).isEqualTo(textsBefore);
    }

    @Test
    void withoutTheRequestIdARepeatedRequestWouldTakeASecondCode() {
        world.open(5, 2);
        Claimed first = (Claimed) world.claim("anna", "r1");
        LuaScript forgetful = RedisTicketInventory.CLAIM.without(
                "      return code and {'HELD', line, code, ARGV[3]} or {'INCOMPLETE', state[2]}\n");

        ClaimResult repeated = world.claim("anna", "r1");
        ClaimResult unguarded = world.claim(forgetful, "anna", "r1", world.now() + 60_000);

        assertThat(((Held) repeated).event().ticketId()).isEqualTo(first.event().ticketId());
        assertThat(unguarded).as("without the guard").isInstanceOf(Claimed.class);
        assertThat(((Claimed) unguarded).event().ticketId())
                .isNotEqualTo(first.event().ticketId());
    }

    @Test
    void withoutTheLimitInTheScriptRedisWouldProposeWhatTheLedgerVoids() {
        world.open(5, 1);
        world.claim("anna", "r1");
        LuaScript generous = RedisTicketInventory.CLAIM.without(
                "    return code and {'LIMIT', latest, code, ARGV[3]} or {'INCOMPLETE', state[2]}\n");

        assertThat(world.claim("anna", "r2")).isInstanceOf(LimitReached.class);
        assertThat(world.claim(generous, "anna", "r2", world.now() + 60_000))
                .as("without the guard; the ledger's own rule is then what stops it")
                .isInstanceOf(Claimed.class);
    }

    @Test
    void withoutTheFreeListWhatARecoveryFreedWouldStayUnsold() {
        world.open(3, 1);
        world.redis.hset(world.keys.state(), "cursor", "3");
        world.redis.rpush(world.keys.free(), "1");
        LuaScript wasteful = RedisTicketInventory.CLAIM.without(" = redis.call('LINDEX', KEYS[2], 0)");

        ClaimResult unguarded = world.claim(wasteful, "anna", "r", world.now() + 60_000);
        ClaimResult guarded = world.claim("anna", "r");

        assertThat(unguarded).as("without the guard").isEqualTo(Refused.SOLD_OUT);
        assertThat(((Claimed) guarded).event().sequence()).isEqualTo(1);
    }

    @Test
    void survivesThatTheServerForgetsItsScripts() {
        world.open(2, 1);
        world.claim("anna", "r");
        world.redis.scriptFlush();

        assertThat(world.claim("berta", "r")).isInstanceOf(Claimed.class);
    }
}
