package dev.dibs.api.access;

import dev.dibs.ids.UserId;
import io.jsonwebtoken.Claims;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Dibs itself, and every system that has been given its secret: whatever they say is believed. */
final class OwnIssuer implements Issuer {
    static final String ROLES = "roles";
    /** As OpenID Connect calls it: the login that this token, and all that were refreshed from it, come from. */
    static final String SESSION = "sid";

    private final String name;
    private final String audience;
    private final Set<String> others;

    /**
     * @param name empty where tokens need not say who has issued them
     * @param audience empty where tokens need not say whom they are meant for
     * @param others who has keys of its own here, and so does not sign with the secret
     */
    OwnIssuer(String name, String audience, Set<String> others) {
        this.name = name;
        this.audience = audience;
        this.others = Set.copyOf(others);
    }

    String name() {
        return name;
    }

    String audience() {
        return audience;
    }

    @Override
    public Principal principal(Claims claims) {
        Issuer.check(claims, name, audience);
        if (claims.getIssuer() != null && others.contains(claims.getIssuer())) {
            throw new IllegalArgumentException("the token says it is from an issuer that has another key");
        }
        return Principal.of(new UserId(claims.getSubject()), roles(claims.get(ROLES)), TokenAttributes.of(claims));
    }

    private static Set<String> roles(Object claim) {
        Set<String> roles = new HashSet<>();
        if (claim instanceof Collection<?> values) {
            for (Object value : values) {
                if (value instanceof String role) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    @Override
    public String session(Claims claims) {
        return claims.get(SESSION) instanceof String session ? session : null;
    }
}
