package dev.dibs.api.blocks;

import static dev.dibs.api.blocks.AbuseWorld.BEHIND_PROXY;
import static dev.dibs.api.blocks.AbuseWorld.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.access.Role;
import dev.dibs.api.blocks.AbuseWorld.Instance;
import dev.dibs.api.blocks.AbuseWorld.Reply;
import dev.dibs.blocks.Block;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.testkit.TestIds;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who want more than their share, over HTTP, against two instances on real servers. */
@Timeout(180)
class AbuseIT {
    private static final AbuseWorld WORLD = new AbuseWorld();

    private static Instance one;
    private static Instance other;
    private static ActivityId night;

    private final String mallory = TestIds.unique("mallory");
    private final String anna = TestIds.unique("anna");
    /** Of this test alone: blocks outlive a test. */
    private final String address = "10." + ThreadLocalRandom.current().nextInt(256) + "."
            + ThreadLocalRandom.current().nextInt(256) + "."
            + ThreadLocalRandom.current().nextInt(256);

    @BeforeAll
    static void start() {
        one = WORLD.start(BEHIND_PROXY);
        other = WORLD.start(BEHIND_PROXY);
        night = WORLD.onSale(one, 1_000);
        await().atMost(PATIENCE)
                .until(() -> WORLD.grab(other, night, TestIds.unique("first"), "10.0.0.1")
                                .ret()
                        == 0);
    }

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void theThirdGrabWithinFiveSecondsIsRefusedWithTheTimeToComeBack() {
        assertThat(WORLD.grab(one, night, anna, address).ret()).isZero();
        assertThat(WORLD.grab(one, night, anna, address).ret()).isEqualTo(-5);

        Reply third = WORLD.grab(one, night, anna, address);

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.ret()).isEqualTo(-8);
        assertThat(Integer.parseInt(third.retryAfter())).isBetween(1, 5);
    }

    @Test
    void withoutTheLimitTheThirdGrabIsLetThrough() {
        try (AbuseWorld unlimited = new AbuseWorld()) {
            Instance instance = unlimited.start(BEHIND_PROXY, "--dibs.rate.grabs=0");
            for (int i = 0; i < 20; i++) {
                assertThat(unlimited.grab(instance, night, anna, address).ret()).isNotEqualTo(-8);
            }
        }
    }

    /** Which is why nginx keeps a user with one instance. */
    @Test
    void whoGoesToTwoInstancesHasTheLimitOfBothAndNoMore() {
        for (Instance instance : new Instance[] {one, other}) {
            assertThat(WORLD.grab(instance, night, anna, address).ret()).isNotEqualTo(-8);
            assertThat(WORLD.grab(instance, night, anna, address).ret()).isNotEqualTo(-8);
        }

        assertThat(WORLD.grab(one, night, anna, address).ret()).isEqualTo(-8);
        assertThat(WORLD.grab(other, night, anna, address).ret()).isEqualTo(-8);
    }

    @Test
    void oneAddressDoesNotTakeAnInstanceAlone() {
        try (AbuseWorld narrow = new AbuseWorld()) {
            Instance instance =
                    narrow.start(BEHIND_PROXY, "--dibs.rate.address.burst=5", "--dibs.rate.address.per-second=1");
            List<Reply> replies = IntStream.range(0, 100)
                    .mapToObj(i -> narrow.grab(instance, night, TestIds.unique("account"), address))
                    .toList();

            assertThat(replies)
                    .filteredOn(reply -> reply.ret() == -8)
                    .isNotEmpty()
                    .allSatisfy(reply -> {
                        assertThat(reply.status()).isEqualTo(429);
                        assertThat(reply.retryAfter()).isEqualTo("1");
                        assertThat(reply.isBlocked()).isFalse();
                    });
            assertThat(narrow.grab(instance, night, anna, "10.254.0.1").ret()).isZero();
        }
    }

    @Test
    void aRequestThatWonIsAnsweredAgainHoweverManyGrabsThereWere() {
        Reply won = WORLD.grab(one, night, anna, address, "r-1");
        WORLD.grab(one, night, anna, address, "r-2");
        assertThat(WORLD.grab(one, night, anna, address, "r-3").ret()).isEqualTo(-8);

        Reply again = WORLD.grab(one, night, anna, address, "r-1");

        assertThat(won.ret()).isZero();
        assertThat(again.ret()).isZero();
        assertThat(again.json().at("/data/id")).isEqualTo(won.json().at("/data/id"));
    }

    @Test
    void oneNameForAllGrabsIsNoWayAroundTheLimitBeforeTheStart() {
        ActivityId tomorrow = WORLD.published(one, 1, Instant.now().getEpochSecond() + 86_400);

        Reply first = WORLD.grab(one, tomorrow, mallory, address, "r-1");
        Reply blocked = WORLD.offend(one, tomorrow, mallory, address, "r-1");

        assertThat(first.ret()).isEqualTo(-4);
        assertThat(blocked.isBlocked()).as("%s", blocked).isTrue();
    }

    @Test
    void oneNameForAllGrabsIsNoWayAroundTheLimitDuringTheSale() {
        ActivityId few = WORLD.onSale(one, 1);
        assertThat(WORLD.grab(one, few, anna, "10.253.0.1").ret()).isZero();

        Reply first = WORLD.grab(one, few, mallory, address, "r-1");
        Reply blocked = WORLD.offend(one, few, mallory, address, "r-1");

        assertThat(first.ret()).isEqualTo(-2);
        assertThat(blocked.isBlocked()).as("%s", blocked).isTrue();
    }

    @Test
    void whoRepeatsARequestOnceOrTwiceIsAnsweredAgain() {
        ActivityId tomorrow = WORLD.published(one, 1, Instant.now().getEpochSecond() + 86_400);

        assertThat(IntStream.range(0, 3)
                        .map(i ->
                                WORLD.grab(one, tomorrow, anna, address, "r-1").ret()))
                .containsOnly(-4);
    }

    @Test
    void whoeverDoesNotStopIsBlockedOnAllInstancesAndAfterARestart() {
        Reply blocked = WORLD.offend(one, night, mallory, address);
        assertThat(blocked.isBlocked()).isTrue();
        assertThat(Integer.parseInt(blocked.retryAfter())).isBetween(290, 300);

        // One grab on the other instance would be let through were it not for the block.
        await().atMost(PATIENCE)
                .until(() -> WORLD.operator(other, "GET", "/admin/blocks/users/" + mallory, null, "")
                                .status()
                        == 200);
        assertThat(WORLD.grab(other, night, mallory, "10.255.0.1").isBlocked()).isTrue();

        Instance restarted = WORLD.start(BEHIND_PROXY);
        assertThat(WORLD.grab(restarted, night, mallory, "10.255.0.2").isBlocked())
                .isTrue();
        WORLD.stop(restarted);
    }

    @Test
    void aBlockIsLiftedForAllInstances() {
        WORLD.offend(one, night, mallory, address);

        Reply lifted = WORLD.operator(other, "DELETE", "/admin/blocks/users/" + mallory, null, "");

        // The other instance may not have heard of the block when it is asked to lift it.
        await().atMost(PATIENCE)
                .until(() -> lifted.status() == 204
                        || WORLD.operator(other, "DELETE", "/admin/blocks/users/" + mallory, null, "")
                                        .status()
                                == 204);
        // The first of its grabs had won.
        assertThat(WORLD.grab(other, night, mallory, "10.255.0.3").ret()).isEqualTo(-5);
        await().atMost(PATIENCE)
                .until(() -> WORLD.operator(one, "GET", "/admin/blocks/users/" + mallory, null, "")
                                .status()
                        == 404);
        assertThat(WORLD.operator(one, "DELETE", "/admin/blocks/users/" + mallory, null, "")
                        .text())
                .contains("no-such-block");
    }

    @Test
    void theAddressOfALoneOffenderIsBlockedWithItAndLetGoWhenItTurnsOutToBeShared() {
        WORLD.offend(one, night, mallory, address);

        assertThat(WORLD.grab(one, night, anna, address).isBlocked()).isTrue();
        assertThat(WORLD.grab(one, night, TestIds.unique("berta"), address).isBlocked())
                .isTrue();
        assertThat(WORLD.grab(one, night, TestIds.unique("carla"), address).ret())
                .isZero();

        assertThat(WORLD.grab(one, night, anna, address).ret()).isZero();
        assertThat(WORLD.grab(one, night, mallory, address).isBlocked()).isTrue();
    }

    @Test
    void aCampusIsNotBlockedForOneOfItsStudents() {
        for (String student : new String[] {"a", "b", "c"}) {
            assertThat(WORLD.grab(one, night, TestIds.unique(student), address).ret())
                    .isZero();
        }

        assertThat(WORLD.offend(one, night, mallory, address).isBlocked()).isTrue();

        assertThat(WORLD.grab(one, night, anna, address).ret()).isZero();
    }

    @Test
    void anOperatorBlocksAnAddressAndNobodyIsShownIt() {
        long until = Instant.now().getEpochSecond() + 600;
        Reply added = WORLD.operator(one, "POST", "/admin/blocks", "application/json", """
                {"address":"%s","reason":"a script","until":%d}""".formatted(address, until));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        String hash = added.json().path("addressHash").asString("");

        assertThat(WORLD.grab(one, night, anna, address).isBlocked()).isTrue();
        await().atMost(PATIENCE)
                .until(() -> WORLD.operator(other, "GET", "/admin/blocks/addresses/" + address, null, "")
                                .status()
                        == 200);
        assertThat(WORLD.grab(other, night, anna, address).isBlocked()).isTrue();
        Reply list = WORLD.operator(other, "GET", "/admin/blocks?pageSize=1000", null, "");
        assertThat(list.text())
                .contains(hash)
                .contains("a script")
                .contains("\"until\":" + until)
                .doesNotContain(address);
        assertThat(WORLD.operator(other, "DELETE", "/admin/blocks/addresses/" + hash, null, "")
                        .status())
                .isEqualTo(204);
        assertThat(WORLD.grab(other, night, anna, address).ret()).isZero();
    }

    private static SharedBlocks blocksOf(Instance instance) {
        return instance.context().getBean(SharedBlocks.class);
    }

    /** The instance that the user is at may not have heard of the operator's block when its rule blocks, too. */
    @Test
    void theRuleNeitherReplacesNorLiftsWhatAnOperatorHasDecided() {
        long until = Instant.now().getEpochSecond() + 30 * 24 * 3_600;
        Reply user = WORLD.operator(
                one,
                "POST",
                "/admin/blocks",
                "application/json",
                "{\"user\":\"%s\",\"until\":%d}".formatted(mallory, until));
        Reply from = WORLD.operator(
                one,
                "POST",
                "/admin/blocks",
                "application/json",
                "{\"address\":\"%s\",\"until\":%d}".formatted(address, until));
        String hash = from.json().path("addressHash").asString("");
        assertThat(List.of(user.status(), from.status())).containsOnly(201);

        SharedBlocks rule = blocksOf(other);
        rule.punishUser(new UserId(mallory));
        rule.punishAddress(hash);
        List<String> keys =
                List.of("rule:user:" + mallory, "rule:address:" + hash, "user:" + mallory, "address:" + hash);
        for (Instance instance : List.of(one, other)) {
            await().atMost(PATIENCE)
                    .until(() -> blocksOf(instance).all().keySet().containsAll(keys));
        }
        rule.pardonAddress(hash);
        for (Instance instance : List.of(one, other)) {
            await().atMost(PATIENCE).until(() -> !blocksOf(instance).all().containsKey("rule:address:" + hash));
        }

        for (Instance instance : List.of(one, other)) {
            for (String path : List.of("users/" + mallory, "addresses/" + hash)) {
                Reply block = WORLD.operator(instance, "GET", "/admin/blocks/" + path, null, "");
                assertThat(block.json().path("until").asLong(0))
                        .as(block.text())
                        .isEqualTo(until);
            }
            SharedBlocks blocks = blocksOf(instance);
            assertThat(blocks.ofUser(Fingerprint.of(mallory)).origin()).isEqualTo(Block.Origin.OPERATOR);
            assertThat(blocks.ofAddress(hash).origin()).isEqualTo(Block.Origin.OPERATOR);
        }

        // Who lifts a block lifts all there is about the user.
        assertThat(WORLD.operator(one, "DELETE", "/admin/blocks/users/" + mallory, null, "")
                        .status())
                .isEqualTo(204);
        assertThat(WORLD.grab(one, night, mallory, "10.0.0.1").ret()).isZero();
    }

    @Test
    void theListGoesOnBehindAPage() {
        for (String user : new String[] {mallory + "-1", mallory + "-2", mallory + "-3"}) {
            AbuseWorld.expect(
                    201,
                    WORLD.operator(one, "POST", "/admin/blocks", "application/json", "{\"user\":\"" + user + "\"}"));
        }

        Reply first = WORLD.operator(one, "GET", "/admin/blocks?pageSize=2&lastId=user:" + mallory, null, "");
        String lastId = first.json().path("lastId").asString("");
        Reply second = WORLD.operator(one, "GET", "/admin/blocks?pageSize=2&lastId=" + lastId, null, "");

        assertThat(first.json().path("hasMore").asBoolean()).isTrue();
        assertThat(first.json().path("list")).hasSize(2);
        assertThat(first.text()).contains(mallory + "-1", mallory + "-2").doesNotContain(mallory + "-3");
        assertThat(second.json().path("list").get(0).path("user").asString("")).isEqualTo(mallory + "-3");
    }

    @Test
    void whatIsNoBlockIsRefusedWithTheReason() {
        for (String body : new String[] {
            "",
            "[]",
            "{}",
            "{\"user\":\"\"}",
            "{\"user\":\"a\",\"address\":\"10.0.0.1\"}",
            "{\"address\":\"localhost\"}",
            "{\"address\":\"10.0.0.0/8\"}",
            "{\"addressHash\":\"short\"}",
            "{\"user\":\"a\",\"until\":1}",
            "{\"user\":\"a\",\"until\":99999999999}",
            "{\"user\":\"a\",\"until\":9223372036854775807}",
            "{\"user\":\"a\",\"reason\":7}",
            "{\"user\":\"a\",\"for\":\"ever\"}"
        }) {
            Reply reply = WORLD.operator(one, "POST", "/admin/blocks", "application/json", body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.text()).contains("faulty-input");
        }
        assertThat(WORLD.operator(one, "GET", "/admin/blocks?pageSize=0", null, "")
                        .status())
                .isEqualTo(400);
        assertThat(WORLD.operator(one, "GET", "/admin/blocks/addresses/1.2.3", null, "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void nobodyButAnOperatorSeesOrChangesBlocks() {
        for (String role : new String[] {"buyer", Role.ANALYST, "gate"}) {
            assertThat(WORLD.as(one, anna, role, "GET", "/admin/blocks", null, "")
                            .status())
                    .as(role)
                    .isEqualTo(403);
            assertThat(WORLD.as(one, anna, role, "POST", "/admin/blocks", "application/json", "{\"user\":\"x\"}")
                            .status())
                    .as(role)
                    .isEqualTo(403);
            assertThat(WORLD.as(one, anna, role, "DELETE", "/admin/blocks/users/x", null, "")
                            .status())
                    .as(role)
                    .isEqualTo(403);
        }
    }

    /** Behind a trusted proxy the same header gets through, as the tests above show: it is the guard that makes it not. */
    @Test
    void aClientThatIsNoProxyCannotMakeUpWhereItComesFrom() {
        try (AbuseWorld direct = new AbuseWorld()) {
            Instance instance = direct.start();
            String loopback = "127.0.0.1";
            AbuseWorld.expect(
                    201,
                    direct.operator(
                            instance, "POST", "/admin/blocks", "application/json", "{\"address\":\"127.0.0.1\"}"));
            try {
                assertThat(direct.grab(instance, night, anna, address).isBlocked())
                        .isTrue();
                assertThat(WORLD.grab(one, night, anna, address).ret()).isZero();
            } finally {
                AbuseWorld.expect(
                        204, direct.operator(instance, "DELETE", "/admin/blocks/addresses/" + loopback, null, ""));
            }
        }
    }
}
