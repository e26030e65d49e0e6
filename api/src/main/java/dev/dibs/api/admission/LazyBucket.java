package dev.dibs.api.admission;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A burst, and a rate that can be sustained. The bucket is made at the second call: most of a crowd calls once, and a
 * bucket is what takes the most memory and time.
 */
final class LazyBucket {
    private final long burst;
    private final long perSecond;
    private final TimeMeter time;
    private volatile boolean called;
    private volatile Bucket bucket;

    LazyBucket(long burst, long perSecond, TimeMeter time) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.time = time;
    }

    /** Takes one. @return nanoseconds until there is one, zero where there was */
    long take() {
        if (!called) {
            called = true;
            return 0;
        }
        Bucket known = bucket;
        if (known == null) {
            known = made();
        }
        if (known.tryConsume(1)) {
            return 0;
        }
        ConsumptionProbe probe = known.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
    }

    private synchronized Bucket made() {
        if (bucket == null) {
            Bucket fresh = Bucket.builder()
                    .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                    .withCustomTimePrecision(time)
                    .build();
            // The call that found no bucket.
            fresh.tryConsume(1);
            bucket = fresh;
        }
        return bucket;
    }
}
