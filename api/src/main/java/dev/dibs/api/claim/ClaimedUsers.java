package dev.dibs.api.claim;

import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.ActivityAccount;
import dev.dibs.ledger.Fingerprint;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import reactor.core.publisher.Mono;

/** Who has claimed something in Redis, whatever the log says of it. */
public final class ClaimedUsers {
    private static final LuaScript CLAIMED = LuaScript.load(ClaimedUsers.class, "claimed.lua");

    private final RedisClusterAsyncCommands<String, String> redis;

    /**
     * What Redis knows of a user.
     *
     * @param any whether there is a claim
     * @param epoch that Redis is in, or {@link ActivityAccount#NO_EPOCH} where it cannot be believed: only a Redis in
     *     the ledger's epoch knows every claim of which the log may still bring a grab
     */
    public record Claims(boolean any, long epoch) {}

    public ClaimedUsers(RedisClusterAsyncCommands<String, String> redis) {
        this.redis = redis;
    }

    public Mono<Claims> of(ActivityId activityId, Fingerprint user) {
        InventoryKeys keys = new InventoryKeys(activityId);
        return Mono.fromCompletionStage(
                        () -> CLAIMED.run(redis, new String[] {keys.state(), keys.users()}, user.text()))
                .map(ClaimedUsers::claims);
    }

    private static Claims claims(List<Object> answer) {
        String epoch = (String) answer.get(0);
        return new Claims(
                answer.get(1).equals("1"), epoch.isEmpty() ? ActivityAccount.NO_EPOCH : Long.parseLong(epoch));
    }
}
