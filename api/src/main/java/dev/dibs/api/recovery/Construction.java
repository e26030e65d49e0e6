package dev.dibs.api.recovery;

import dev.dibs.api.claim.LuaScript;
import dev.dibs.inventory.InventoryKeys;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The keys of one epoch while they are built, a batch at a time, under names of their own. Where the opening dies they are
 * gone after a while; where it fails it can {@link #discard} them.
 */
final class Construction {
    /** From the latest batch on. */
    private static final Duration EXPIRY = Duration.ofMinutes(30);

    private static final LuaScript BUILD = LuaScript.load(Construction.class, "build.lua");

    private final RedisClusterAsyncCommands<String, String> redis;
    private final String users;
    private final String free;
    private final String codes;

    /** @param nonce of the epoch */
    Construction(RedisClusterAsyncCommands<String, String> redis, InventoryKeys keys, String nonce) {
        this.redis = redis;
        this.users = keys.underConstruction(nonce, "users");
        this.free = keys.underConstruction(nonce, "free");
        this.codes = keys.underConstruction(nonce, "codes");
    }

    String users() {
        return users;
    }

    String free() {
        return free;
    }

    String codes() {
        return codes;
    }

    /** @param entries 1 to 1,000: a script takes no more than some 8,000 arguments apart */
    void addUsers(Map<String, String> entries) {
        add("HSET", users, flat(entries), "Writing users to Redis");
    }

    /** @param sequences 1 to 1,000 */
    void addFree(List<String> sequences) {
        add("RPUSH", free, sequences, "Writing free sequences to Redis");
    }

    /** @param entries 1 to 1,000 */
    void addCodes(Map<String, String> entries) {
        add("HSET", codes, flat(entries), "Writing codes to Redis");
    }

    private static List<String> flat(Map<String, String> entries) {
        List<String> flat = new ArrayList<>(2 * entries.size());
        entries.forEach((field, value) -> {
            flat.add(field);
            flat.add(value);
        });
        return flat;
    }

    private void add(String command, String key, List<String> values, String what) {
        List<String> arguments = new ArrayList<>(2 + values.size());
        arguments.add(command);
        arguments.add(Long.toString(EXPIRY.toMillis()));
        arguments.addAll(values);
        Waiting.await(BUILD.run(redis, new String[] {key}, arguments.toArray(String[]::new)), what);
    }

    /** Whatever has been built, also by a batch that has not been answered yet. Nobody waits for that. */
    void discard() {
        redis.unlink(users, free, codes);
    }
}
