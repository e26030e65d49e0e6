package dev.dibs.api.claim;

import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.Fingerprint;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import reactor.core.publisher.Mono;

/** Who has claimed something in Redis, whatever the log says of it. */
public final class ClaimedUsers {
    private final RedisClusterAsyncCommands<String, String> redis;

    public ClaimedUsers(RedisClusterAsyncCommands<String, String> redis) {
        this.redis = redis;
    }

    public Mono<Boolean> hasClaims(ActivityId activityId, Fingerprint user) {
        return Mono.fromCompletionStage(() -> redis.hexists(new InventoryKeys(activityId).users(), user.text()));
    }
}
