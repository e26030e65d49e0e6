package dev.dibs.api.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dibs.api.ApiProperties;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many logins may fail, by account and by address, on this instance. Every attempt takes a token out of each bucket
 * before its password is looked at, so that many at once count too, and one that succeeds puts them back: whoever knows
 * their password is not counted, nor are the many people behind one address. So does one whose password could not be
 * looked at: whoever is asked to come back must not be turned away for having done so.
 *
 * <p>An account has a bucket for each place, and one for all places where it is not logged in. So somebody at one address
 * cannot lock the owner out, for their own bucket is empty long before the common one. Somebody at many addresses can
 * empty the common one, but not those of the places where the owner is logged in; and whoever is logged in goes on with
 * refresh tokens, which are not counted at all. Nothing is ever locked: buckets fill up again, from the moment on that the
 * attempts end.
 */
final class LoginThrottle {
    /** A key beyond these is forgotten and starts afresh; it bounds the memory, about 250 bytes each. */
    private static final long MAX_KEYS = 100_000;

    private static final String ELSEWHERE = "elsewhere";
    /** So many places it takes to empty what all have in common. */
    private static final int SHARES = 3;

    private record Key(Fingerprint account, String place) {}

    private final ApiProperties.Login limits;
    private final TimeMeter time;
    private final Cache<Key, Bucket> accounts;
    private final Cache<String, Bucket> places;

    LoginThrottle(ApiProperties.Login limits, Clock clock) {
        this.limits = limits;
        this.accounts = cache(limits.period());
        this.places = cache(limits.period());
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    private static <K> Cache<K, Bucket> cache(Duration period) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .executor(Runnable::run)
                .expireAfterAccess(period.multipliedBy(2))
                .build();
    }

    /** @return seconds to wait until the next attempt from the place is looked at, 0 where this one is */
    long fromPlace(String place) {
        return limits.perAddress() == 0 ? 0 : taken(placeBucket(place));
    }

    /**
     * @param isKnown whether the account is logged in from this place
     * @return seconds to wait until the next attempt is looked at, 0 where this one is
     */
    long forAccount(UserId account, String place, boolean isKnown) {
        if (limits.perAccount() == 0) {
            return 0;
        }
        Bucket here = here(account, place);
        long wait = taken(here);
        if (wait > 0 || isKnown) {
            return wait;
        }
        wait = taken(elsewhere(account));
        if (wait > 0) {
            here.addTokens(1);
        }
        return wait;
    }

    /** The attempt from the place counts for nothing. */
    void giveBack(String place) {
        if (limits.perAddress() > 0) {
            placeBucket(place).addTokens(1);
        }
    }

    /** The attempt counts for nothing, neither for the account nor for the place. */
    void giveBack(UserId account, String place, boolean isKnown) {
        giveBack(place);
        if (limits.perAccount() > 0) {
            here(account, place).addTokens(1);
            if (!isKnown) {
                elsewhere(account).addTokens(1);
            }
        }
    }

    private Bucket placeBucket(String place) {
        return places.get(place, p -> bucket(limits.perAddress()));
    }

    private Bucket here(UserId account, String place) {
        int share = Math.max(1, limits.perAccount() / SHARES);
        return accounts.get(new Key(Fingerprint.of(account.value()), place), k -> bucket(share));
    }

    private Bucket elsewhere(UserId account) {
        return accounts.get(new Key(Fingerprint.of(account.value()), ELSEWHERE), k -> bucket(limits.perAccount()));
    }

    private Bucket bucket(int attempts) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(attempts).refillGreedy(attempts, limits.period()))
                .build();
    }

    private static long taken(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : 1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill());
    }
}
