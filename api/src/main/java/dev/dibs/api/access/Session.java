package dev.dibs.api.access;

import dev.dibs.ledger.Fingerprint;
import dev.dibs.sessions.SessionEnding;

/**
 * What a valid token stands for: whom it names, and the login that it comes from.
 *
 * @param key under which its ending is known: of the login, or of the token itself where it names no login
 * @param issuedAt epoch milliseconds; 0 where the token does not say
 * @param expiresAt epoch milliseconds
 * @param login as the token names it; null where it does not
 */
public record Session(Principal principal, String key, long issuedAt, long expiresAt, String login) {

    /** @param login as it stands in tokens */
    public static String keyOfLogin(String login) {
        return key("login " + login);
    }

    static String keyOfToken(String token) {
        return key("token " + token);
    }

    /** A fingerprint: whoever reads the topic must not learn a token. */
    private static String key(String text) {
        return SessionEnding.keyOfSession(Fingerprint.of(text).text());
    }
}
