package dev.dibs.api.admission;

import java.util.concurrent.TimeUnit;

/**
 * A grab is refused because there were too many, or because the user or the address is blocked.
 *
 * @param blocked whether it is a block, and not only this grab that is too much
 * @param retryAfterSeconds when it is worth trying again, at least 1
 */
public record TooMuch(boolean blocked, int retryAfterSeconds) {
    public TooMuch {
        if (retryAfterSeconds < 1) {
            throw new IllegalArgumentException("retryAfterSeconds must be at least 1");
        }
    }

    /** @param nanos until it is allowed */
    static TooMuch of(long nanos) {
        return new TooMuch(false, seconds(nanos, TimeUnit.SECONDS.toNanos(1)));
    }

    /** @param millis until the block ends */
    static TooMuch blocked(long millis) {
        return new TooMuch(true, seconds(millis, TimeUnit.SECONDS.toMillis(1)));
    }

    /** Rounded up: who comes back when told to must not come too early. */
    private static int seconds(long time, long perSecond) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (time + perSecond - 1) / perSecond));
    }
}
