package dev.dibs.api.admission;

import java.util.concurrent.atomic.AtomicLongArray;

/** A few different users of an address who have done nothing wrong, seen of late: enough to know that it is shared. */
final class WellBehaved {
    /** How much the time of a user is behind at most: a crowd behind one address must not queue for a field. */
    private static final long COARSE = 1_000_000_000L;

    private final long memory;
    /** Zero where there is none. */
    private final AtomicLongArray users;

    private final AtomicLongArray seen;

    /** @param memory how long a user counts, in nanoseconds */
    WellBehaved(int most, long memory) {
        this.memory = memory;
        this.users = new AtomicLongArray(most);
        this.seen = new AtomicLongArray(most);
    }

    /** @param user any number but zero that stands for the user */
    void saw(long user, long now) {
        for (int i = 0; i < users.length(); i++) {
            if (users.get(i) == user) {
                if (now - seen.get(i) > COARSE) {
                    seen.set(i, now);
                }
                return;
            }
        }
        for (int i = 0; i < users.length(); i++) {
            if (isFree(i, now)) {
                take(user, now);
                return;
            }
        }
    }

    private synchronized void take(long user, long now) {
        int free = -1;
        for (int i = 0; i < users.length(); i++) {
            if (users.get(i) == user) {
                return;
            }
            free = isFree(i, now) ? i : free;
        }
        if (free >= 0) {
            seen.set(free, now);
            users.set(free, user);
        }
    }

    private boolean isFree(int i, long now) {
        return users.get(i) == 0 || now - seen.get(i) > memory;
    }

    /** The user does not count any more. */
    synchronized void remove(long user) {
        for (int i = 0; i < users.length(); i++) {
            if (users.get(i) == user) {
                users.set(i, 0);
            }
        }
    }

    /** Whether as many as can be remembered were seen of late. */
    boolean isFull(long now) {
        for (int i = 0; i < users.length(); i++) {
            if (isFree(i, now)) {
                return false;
            }
        }
        return true;
    }
}
