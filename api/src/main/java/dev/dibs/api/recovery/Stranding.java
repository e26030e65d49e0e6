package dev.dibs.api.recovery;

import dev.dibs.api.claim.LuaScript;
import dev.dibs.ids.ActivityId;
import dev.dibs.inventory.InventoryKeys;
import dev.dibs.ledger.MemoryActivityAccount;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out that Redis has lost sequences, or count of them, within an epoch: with its free list, with its outbox, or by
 * claims that became void. Then as many are claimed as nobody holds, and a sale would be sold out before everything is
 * sold. Used by one thread.
 */
final class Stranding {
    /** A difference that stands still for so long is none that is on its way through the log. */
    private static final long STANDSTILL = Duration.ofSeconds(2).toNanos();

    private final RedisClusterAsyncCommands<String, String> redis;
    private final LuaScript counts = LuaScript.load(Stranding.class, "counts.lua");
    private final Map<ActivityId, Difference> differences = new HashMap<>();

    private record Difference(long epoch, int claimed, int granted, long since) {
        private boolean isSame(Difference other) {
            return epoch == other.epoch && claimed == other.claimed && granted == other.granted;
        }
    }

    Stranding(RedisClusterAsyncCommands<String, String> redis) {
        this.redis = redis;
    }

    /**
     * Whether, with no claim on its way, Redis and the ledger count differently and have done so for a while.
     *
     * @param now as {@link System#nanoTime}
     */
    boolean isFound(ActivityId activityId, MemoryActivityAccount account, long now) {
        InventoryKeys keys = new InventoryKeys(activityId);
        List<Object> answer = Waiting.await(
                counts.run(redis, new String[] {keys.state(), keys.free(), keys.outbox()}), "Counting claims in Redis");
        Difference found = difference(answer, account, now);
        if (found == null) {
            differences.remove(activityId);
            return false;
        }
        Difference known = differences.merge(activityId, found, (old, seen) -> old.isSame(seen) ? old : seen);
        return now - known.since >= STANDSTILL;
    }

    /** Null where there is none, or claims are on their way. */
    private static Difference difference(List<Object> answer, MemoryActivityAccount account, long now) {
        if (answer.isEmpty() || !answer.get(0).equals(Long.toString(account.epoch()))) {
            return null;
        }
        int claimed = Integer.parseInt((String) answer.get(1)) - ((Long) answer.get(2)).intValue();
        int granted = account.granted();
        boolean settled = (Long) answer.get(3) == 0;
        return settled && claimed != granted ? new Difference(account.epoch(), claimed, granted, now) : null;
    }
}
