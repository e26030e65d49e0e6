package dev.dibs.api.claim;

import dev.dibs.api.access.Principal;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.RequestId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.UserId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.Fingerprint;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One activity in a real Redis, opened by hand, and claims against it. */
final class ClaimWorld implements AutoCloseable {
    static final long EPOCH = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    final ActivityId activityId;
    final InventoryKeys keys;
    final RedisCommands<String, String> redis;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    ClaimWorld(String uri, ActivityId activityId) {
        this.activityId = activityId;
        this.keys = new InventoryKeys(activityId);
        this.client = RedisClient.create(uri);
        this.connection = client.connect();
        this.redis = connection.sync();
    }

    String replicationId() {
        return redis.info("replication").replaceAll("(?s).*master_replid:([0-9a-f]+).*", "$1");
    }

    long now() {
        return Long.parseLong(redis.time().get(0)) * 1_000;
    }

    /** How often the server has been asked for this command, by anybody. */
    long calls(String command) {
        Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(redis.info("commandstats"));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** An activity that is on sale, with codes C0, C1 and so on. */
    void open(int stock, int limit) {
        redis.hset(
                keys.state(),
                Map.of(
                        "fence", replicationId(),
                        "epoch", Long.toString(EPOCH),
                        "cursor", "0",
                        "stock", Integer.toString(stock),
                        "opens", Long.toString(now() - 60_000),
                        "closes", Long.toString(now() + 600_000),
                        "limit", Integer.toString(limit),
                        "paused", "0",
                        "version", "1",
                        "n", "0"));
        for (int sequence = 0; sequence < stock; sequence++) {
            redis.hset(keys.codes(), Integer.toString(sequence), "standard|C" + sequence);
        }
    }

    ClaimResult claim(String user, String request) {
        return claim(RedisTicketInventory.CLAIM, user, request, now() + 60_000);
    }

    ClaimResult claim(LuaScript script, String user, String request, long deadline) {
        return new RedisTicketInventory(connection.async(), script, () -> {}, () -> {})
                .claim(request(user, request, deadline))
                .block(PATIENCE);
    }

    RedisTicketInventory inventory(Runnable leaveReplica) {
        return new RedisTicketInventory(connection.async(), () -> {}, leaveReplica);
    }

    ClaimedUsers.Claims claimsOf(String user) {
        return new ClaimedUsers(connection.async())
                .of(activityId, Fingerprint.of(user))
                .block(PATIENCE);
    }

    ClaimRequest request(String user, String request, long deadline) {
        return new ClaimRequest(
                activityId,
                Principal.of(new UserId(user), Set.of()),
                new RequestId(request),
                Fingerprint.of(request),
                new TicketId(UUID.randomUUID()),
                deadline,
                now(),
                "address");
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
