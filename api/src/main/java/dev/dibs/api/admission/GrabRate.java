package dev.dibs.api.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dibs.ledger.Fingerprint;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** How many grabs one user may try on this instance. */
public final class GrabRate {
    /** A user beyond these is forgotten and starts afresh; it bounds the memory, about 200 bytes each. */
    private static final long MAX_USERS = 200_000;

    private final Cache<Fingerprint, Bucket> buckets;
    private final int grabs;
    private final Duration period;

    /** @param grabs allowed per period; 0 switches the limit off */
    public GrabRate(int grabs, Duration period) {
        this.grabs = grabs;
        this.period = period;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_USERS)
                .executor(Runnable::run)
                .expireAfterAccess(period.multipliedBy(2))
                .build();
    }

    public boolean allows(Fingerprint user) {
        return grabs == 0 || buckets.get(user, u -> newBucket()).tryConsume(1);
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(grabs).refillGreedy(grabs, period))
                .build();
    }
}
