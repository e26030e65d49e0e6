package dev.dibs.api.claim;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.CompletionStage;

/**
 * This machine's clock, set by the clock of Redis. The claim script compares deadlines and windows with the time of
 * Redis; an instance whose own clock is wrong would otherwise refuse what it should claim.
 */
public final class RedisClock extends Clock {
    /** Of a reading that took longer it cannot be said when it was made; one of these is better than none. */
    private static final long TRUSTED_MILLIS = 200;

    private final Clock local;
    private volatile long offsetMillis;
    private volatile boolean isSet;

    public RedisClock(Clock local) {
        this.local = local;
    }

    /**
     * Asks Redis once. The reading is placed in the middle of the time that the answer took. Where the way is crowded in one
     * direction, the middle is wrong by up to half of that time, and all claims would come too late or be made too late:
     * such a reading counts only while there is no other.
     */
    public CompletionStage<Void> synchronise(RedisClusterAsyncCommands<String, String> redis) {
        long sent = local.millis();
        return redis.time()
                .thenAccept(time -> read(
                        sent,
                        local.millis(),
                        Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000));
    }

    void read(long sent, long answered, long there) {
        if (answered - sent <= TRUSTED_MILLIS || !isSet) {
            offsetMillis = there - (sent + answered) / 2;
            isSet = true;
        }
    }

    @Override
    public long millis() {
        return local.millis() + offsetMillis;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return local.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new IllegalArgumentException("The clock of Redis has no zone but " + getZone());
    }
}
