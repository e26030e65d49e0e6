package dev.dibs.api.access;

import dev.dibs.ids.UserId;

/** What has been ended before its time. Asked with every request, so it answers from memory and never waits. */
public interface Revocations {

    /** Whether the session, or all that its user had, has been ended. */
    boolean contain(Session session);

    /** Until when the user's tokens must have been issued to be ended, epoch milliseconds; 0 where none are. */
    long endedUntil(UserId userId);

    /** Where nothing can be ended. */
    static Revocations none() {
        return new Revocations() {
            @Override
            public boolean contain(Session session) {
                return false;
            }

            @Override
            public long endedUntil(UserId userId) {
                return 0;
            }
        };
    }
}
