package dev.dibs.api.access;

import io.jsonwebtoken.Claims;
import java.util.Set;

/** Whoever stands behind a key: says whether a token with its signature is meant for Dibs, and whom it names. */
sealed interface Issuer permits OwnIssuer, CompanyIssuer {

    /**
     * Whom the claims name.
     *
     * @throws IllegalArgumentException where the token is somebody else's, meant for somebody else, or names nobody
     */
    Principal principal(Claims claims);

    /** What names the session that the token belongs to; null where it belongs to none but itself. */
    String session(Claims claims);

    /** An empty name asks for nothing. */
    static void check(Claims claims, String issuer, String audience) {
        if (!issuer.isEmpty() && !issuer.equals(claims.getIssuer())) {
            throw new IllegalArgumentException("the token says it is from another issuer");
        }
        Set<String> audiences = claims.getAudience();
        if (!audience.isEmpty() && (audiences == null || !audiences.contains(audience))) {
            throw new IllegalArgumentException("the token is meant for somebody else");
        }
    }
}
