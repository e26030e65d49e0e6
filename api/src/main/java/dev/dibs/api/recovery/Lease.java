package dev.dibs.api.recovery;

import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is opening an activity's epoch, so that the others need not. It only saves work: somebody else's may be kept or ended
 * by one who has lost his own, and nothing goes wrong.
 */
final class Lease {
    private static final Logger log = LoggerFactory.getLogger(Lease.class);
    private static final long NEVER_ENDS = -1;

    /** After which it ends by itself: an instance that dies holds the others up for no longer. */
    static final Duration LASTS = Duration.ofSeconds(5);

    private final RedisClusterAsyncCommands<String, String> redis;
    private final String key;
    private final String holder;

    /** @param holder who would have it, for whoever looks at it */
    Lease(RedisClusterAsyncCommands<String, String> redis, String key, String holder) {
        this.redis = redis;
        this.key = key;
        this.holder = holder;
    }

    /** Takes it, unless it is taken. */
    boolean take() {
        SetArgs unlessTaken = SetArgs.Builder.nx().px(LASTS.toMillis());
        if (Waiting.await(redis.set(key, holder, unlessTaken), "Taking the lease") != null) {
            return true;
        }
        long left = Waiting.await(redis.pttl(key), "Looking at the lease");
        if (left == NEVER_ENDS || left > LASTS.toMillis()) {
            log.warn("A lease would last for longer than any may, and is ended; key={} millis={}", key, left);
            end();
        }
        return false;
    }

    /** Lets it last from now on, also where a step of the work has taken longer than it lasts. Nobody waits for that. */
    void keep() {
        redis.set(key, holder, SetArgs.Builder.px(LASTS.toMillis()));
    }

    void end() {
        redis.del(key);
    }
}
