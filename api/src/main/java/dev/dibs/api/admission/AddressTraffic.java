package dev.dibs.api.admission;

import dev.dibs.api.ApiProperties.Rate;
import dev.dibs.ledger.Fingerprint;
import io.github.bucket4j.TimeMeter;

/** What came from one address of late to this instance, in a memory that does not grow with the number of users. */
final class AddressTraffic {
    private final String hash;
    private final LazyBucket grabs;
    private final RecentShare share;
    private final WellBehaved wellBehaved;

    /** @param hash the salted hash by which the address is blocked */
    AddressTraffic(String hash, Rate rate, TimeMeter time) {
        this.hash = hash;
        this.grabs = rate.address().perSecond() == 0
                ? null
                : new LazyBucket(rate.address().burst(), rate.address().perSecond(), time);
        this.share = new RecentShare(rate.offence().within().toNanos(), time.currentTimeNanos());
        this.wellBehaved = new WellBehaved(
                rate.offence().sharedFrom(), rate.offence().sharedMemory().toNanos());
    }

    String hash() {
        return hash;
    }

    /** Counts a grab. @return nanoseconds until one is allowed, zero where it is */
    long grab() {
        return grabs == null ? 0 : grabs.take();
    }

    /** A user was let through. */
    void admitted(Fingerprint user, boolean isWellBehaved, long now) {
        share.count(false, now);
        if (isWellBehaved) {
            wellBehaved.saw(number(user), now);
        }
    }

    /** A user wanted too much. */
    void refused(Fingerprint user, long now) {
        share.count(true, now);
        wellBehaved.remove(number(user));
    }

    /** A user who has done nothing wrong was refused for the address alone. */
    void suffered(Fingerprint user, long now) {
        wellBehaved.saw(number(user), now);
    }

    /** Whether several users who have done nothing wrong were seen here: a campus, a carrier, an office. */
    boolean isShared(long now) {
        return wellBehaved.isFull(now);
    }

    /** Whether what an offender has done may be laid at the address's door. */
    boolean isToBlame(long now) {
        return !isShared(now) && share.isMostlyRefused();
    }

    private static long number(Fingerprint user) {
        return user.low() == 0 ? 1 : user.low();
    }
}
