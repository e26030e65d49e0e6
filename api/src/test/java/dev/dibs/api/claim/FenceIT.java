package dev.dibs.api.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dibs.api.claim.ClaimResult.Claimed;
import dev.dibs.api.claim.ClaimResult.Refused;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.ActivityAccount;
import dev.dibs.servers.EmbeddedRedis;
import dev.dibs.testkit.TestIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that has missed the last claims is promoted while its old master still serves. */
class FenceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ActivityId activityId = TestIds.activity("fence");

    @TempDir
    private Path folder;

    @Test
    void aStaleReplicaThatIsPromotedClaimsNothing() {
        try (EmbeddedRedis masterServer = EmbeddedRedis.start(folder.resolve("a"));
                EmbeddedRedis replicaServer = EmbeddedRedis.start(folder.resolve("b"));
                ClaimWorld master = new ClaimWorld(masterServer.uri(), activityId);
                ClaimWorld replica = new ClaimWorld(replicaServer.uri(), activityId)) {
            // Given a replica that has the activity but not the claim that its master made last
            // (attached first: a master that gets its first replica takes a new replication id)
            replica.redis.replicaof("127.0.0.1", masterServer.port());
            await().atMost(PATIENCE)
                    .until(() -> replica.redis.info("replication").contains("master_link_status:up"));
            master.open(5, 1);
            await().atMost(PATIENCE).until(() -> replica.redis.hlen(replica.keys.codes()) == 5);
            replica.redis.replicaofNoOne();
            Claimed lost = (Claimed) master.claim("anna", "r");

            // When somebody claims at the promoted replica
            ClaimResult fenced = replica.claim("berta", "r");
            ClaimResult unfenced = replica.claim(
                    RedisTicketInventory.CLAIM.without("  return {'FENCED'}\n"), "berta", "r", replica.now() + 60_000);

            // Then it refuses; without the fence it would propose the same code a second time
            assertThat(fenced).isEqualTo(Refused.FENCED);
            assertThat(unfenced).isInstanceOf(Claimed.class);
            assertThat(((Claimed) unfenced).event().sequence())
                    .isEqualTo(lost.event().sequence());
        }
    }

    /** It has the replication id of its new master, and so passes the fence of an epoch that was opened there. */
    @Test
    void aMasterThatHasBecomeAReplicaIsLeftAndSaysNothingOfClaims() {
        try (EmbeddedRedis formerServer = EmbeddedRedis.start(folder.resolve("a"));
                EmbeddedRedis masterServer = EmbeddedRedis.start(folder.resolve("b"));
                ClaimWorld former = new ClaimWorld(formerServer.uri(), activityId);
                ClaimWorld master = new ClaimWorld(masterServer.uri(), activityId)) {
            former.redis.replicaof("127.0.0.1", masterServer.port());
            await().atMost(PATIENCE)
                    .until(() -> former.redis.info("replication").contains("master_link_status:up"));
            master.open(5, 1);
            await().atMost(PATIENCE).until(() -> former.redis.hlen(former.keys.codes()) == 5);
            AtomicInteger left = new AtomicInteger();
            RedisTicketInventory inventory = former.inventory(left::incrementAndGet);

            assertThatThrownBy(() -> inventory
                            .claim(former.request("anna", "r", former.now() + 60_000))
                            .block(PATIENCE))
                    .hasMessageContaining("READONLY");
            assertThat(left).hasValue(1);

            assertThat(master.claimsOf("anna")).isEqualTo(new ClaimedUsers.Claims(false, ClaimWorld.EPOCH));
            assertThat(former.claimsOf("anna")).isEqualTo(new ClaimedUsers.Claims(false, ActivityAccount.NO_EPOCH));
        }
    }
}
