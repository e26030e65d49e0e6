package dev.dibs.sessions;

/**
 * A session, or all sessions of a user, have been ended: the record's key says which.
 *
 * @param issuedUntil epoch milliseconds; tokens that have been issued later are not meant
 * @param expiresAt epoch milliseconds from which no such token is good any more, and this need not be known
 */
public record SessionEnding(long issuedUntil, long expiresAt) {
    private static final String SESSION_PREFIX = "session:";

    public SessionEnding {
        if (issuedUntil < 0 || expiresAt < 0) {
            throw new IllegalArgumentException("issuedUntil and expiresAt must be times from 1970 on");
        }
    }

    /** The key for one session. No user's id has a colon, so it is never the key for a user, which is their id. */
    public static String keyOfSession(String session) {
        return SESSION_PREFIX + session;
    }
}
