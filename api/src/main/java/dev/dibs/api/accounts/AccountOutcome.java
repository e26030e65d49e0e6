package dev.dibs.api.accounts;

/** What became of a registration, a login, a refresh or a logout. */
public sealed interface AccountOutcome {

    /**
     * Logged in. Never to be logged.
     *
     * @param expiresIn seconds until the access token expires
     * @param refreshToken good for one use; empty where it could not be stored, so that there is none
     */
    record LoggedIn(String token, long expiresIn, String refreshToken) implements AccountOutcome {
        @Override
        public String toString() {
            return "LoggedIn[expiresIn=" + expiresIn + "]";
        }
    }

    /** A parameter is not what it must be; the message names it. */
    record BadParameter(String message) implements AccountOutcome {}

    /**
     * Too many logins have failed, for the account or from the address; nothing was looked at.
     *
     * @param retryAfter seconds until the next one is
     */
    record TooManyAttempts(long retryAfter) implements AccountOutcome {}

    /** Done or refused without anything more to say. */
    enum Plain implements AccountOutcome {
        /** The session is over, and so is every token of it. */
        LOGGED_OUT,
        /** The session is over but for its refresh token: MongoDB does not answer. The same call ends that one, too. */
        STILL_REFRESHABLE,
        /** No such account, or not its password, or not a refresh token that is still good: never said which. */
        WRONG_CREDENTIALS,
        /** Too many passwords wait to be checked, or MongoDB does not answer; it can safely be tried again. */
        UNAVAILABLE
    }
}
