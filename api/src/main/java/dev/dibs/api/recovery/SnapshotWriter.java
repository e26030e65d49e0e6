package dev.dibs.api.recovery;

import dev.dibs.inventory.InventoryKeys;
import dev.dibs.inventory.UserEntry;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what the ledger says of an activity under temporary names, a batch at a time. */
final class SnapshotWriter {
    private static final int BATCH = 1_000;
    /** Keys of a recovery that dies are gone after this. */
    private static final Duration EXPIRY = Duration.ofMinutes(30);

    private final RedisClusterAsyncCommands<String, String> redis;

    SnapshotWriter(RedisClusterAsyncCommands<String, String> redis) {
        this.redis = redis;
    }

    /**
     * Writes who holds what, and the gaps below the highest sequence that is held.
     *
     * @param progress is told of each batch
     */
    void write(InventoryKeys keys, String nonce, MemoryActivityAccount account, int cursor, Runnable progress) {
        String users = keys.underConstruction(nonce, "users");
        String free = keys.underConstruction(nonce, "free");
        Map<String, String> userBatch = new HashMap<>(2 * BATCH);
        List<String> freeBatch = new ArrayList<>(BATCH);
        for (int sequence = 0; sequence < cursor; sequence++) {
            Holding holding = account.holding(sequence);
            if (holding == null) {
                freeBatch.add(Integer.toString(sequence));
            } else {
                // With a limit above one the same user comes several times, each time with all of the tickets.
                userBatch.put(holding.user().text(), lines(account.holdings(holding.user())));
            }
            if (freeBatch.size() == BATCH || userBatch.size() == BATCH) {
                flush(users, userBatch, free, freeBatch);
                progress.run();
            }
        }
        flush(users, userBatch, free, freeBatch);
        progress.run();
        expire(users);
        expire(free);
    }

    /** Lets a key under construction vanish by itself if nobody completes it. */
    void expire(String key) {
        Waiting.await(redis.expire(key, EXPIRY), "Setting an expiry in Redis");
    }

    private void flush(String users, Map<String, String> userBatch, String free, List<String> freeBatch) {
        if (!userBatch.isEmpty()) {
            Waiting.await(redis.hset(users, userBatch), "Writing users to Redis");
            userBatch.clear();
        }
        if (!freeBatch.isEmpty()) {
            Waiting.await(redis.rpush(free, freeBatch.toArray(String[]::new)), "Writing free sequences to Redis");
            freeBatch.clear();
        }
    }

    private static String lines(List<Holding> holdings) {
        return holdings.stream()
                .map(h -> new UserEntry(
                                h.epoch(), h.request(), h.sequence(), h.ticketId(), h.grabbedAt(), h.grabbedAt())
                        .line())
                .collect(Collectors.joining("\n"));
    }
}
