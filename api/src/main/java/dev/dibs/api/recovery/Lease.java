package dev.dibs.api.recovery;

import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;

/**
 * Who is opening an activity's epoch, so that the others need not. It only saves work: somebody else's may be kept or ended
 * by one who has lost his own, and nothing goes wrong.
 */
final class Lease {
    /** After which it ends by itself: an instance that dies holds the others up for no longer. */
    static final Duration LASTS = Duration.ofSeconds(5);

    private final RedisClusterAsyncCommands<String, String> redis;
    private final String key;

    Lease(RedisClusterAsyncCommands<String, String> redis, String key) {
        this.redis = redis;
        this.key = key;
    }

    /**
     * Takes it, unless it is taken.
     *
     * @param holder who takes it, for whoever looks at it
     */
    boolean take(String holder) {
        SetArgs unlessTaken = SetArgs.Builder.nx().px(LASTS.toMillis());
        return Waiting.await(redis.set(key, holder, unlessTaken), "Taking the lease") != null;
    }

    /** Lets it last from now on. Nobody waits for that. */
    void keep() {
        redis.pexpire(key, LASTS.toMillis());
    }

    void end() {
        redis.del(key);
    }
}
