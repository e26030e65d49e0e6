package dev.dibs.api.access;

import dev.dibs.ledger.Fingerprint;

/**
 * What a valid token stands for: whom it names, and the login that it comes from.
 *
 * @param id of the login, or of the token itself where it does not say which login it comes from
 * @param issuedAt epoch milliseconds; 0 where the token does not say
 * @param expiresAt epoch milliseconds
 * @param login as the token names it; null where it does not
 */
public record Session(Principal principal, Fingerprint id, long issuedAt, long expiresAt, String login) {

    /** @param loginId as it stands in tokens */
    public static Fingerprint idOfLogin(String loginId) {
        return Fingerprint.of("login " + loginId);
    }

    static Fingerprint idOfToken(String token) {
        return Fingerprint.of("token " + token);
    }
}
