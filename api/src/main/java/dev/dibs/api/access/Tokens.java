package dev.dibs.api.access;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.CannotStartException;
import dev.dibs.ids.UserId;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * Issues and verifies access tokens. A token that has been verified is remembered until it expires, so that whoever
 * presses the button again costs a look-up and no signature; whether it has been ended since is asked every time.
 */
public final class Tokens {
    /** How long an access token is good for. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    /** Enough for a hundred thousand that Dibs has issued itself. */
    static final long MAX_REMEMBERED_BYTES = 80L << 20;

    private static final String BEARER = "Bearer ";

    private final KeyRing keys;
    private final Revocations revocations;
    private final long maxLifetimeMillis;
    private final Clock clock;
    private final RememberedTokens verified = new RememberedTokens(MAX_REMEMBERED_BYTES);

    /** @param maxLifetime a token that would still be good for longer is refused; zero takes any */
    public Tokens(KeyRing keys, Revocations revocations, Duration maxLifetime, Clock clock) {
        this.keys = keys;
        this.revocations = revocations;
        // An instance whose clock is ahead issues tokens that seem to live a little longer.
        this.maxLifetimeMillis = maxLifetime.isZero()
                ? Long.MAX_VALUE
                : maxLifetime.plus(KeyRing.MAX_SKEW).toMillis();
        this.clock = clock;
    }

    /**
     * With one secret, as it is where nothing else is configured.
     *
     * @throws CannotStartException where the secret is missing or too short
     */
    public Tokens(String secret, Clock clock) {
        this(new KeyRing(ApiProperties.Jwt.of(secret), clock), Revocations.none(), Duration.ZERO, clock);
    }

    /**
     * @param setting where the secret comes from, for whoever has to mend it
     * @throws dev.dibs.api.CannotStartException where tokens cannot be signed with it
     */
    public static void requireSecret(String secret, String setting) {
        TokenKey.secretKey(secret, setting);
    }

    /** A new access token, good for {@link #LIFETIME}, that comes from no login. */
    public String issue(UserId userId, Set<String> roles) {
        return issue(userId, roles, LIFETIME);
    }

    /** A new access token for programs that need one for longer, such as a load test. */
    public String issue(UserId userId, Set<String> roles, Duration lifetime) {
        long now = clock.millis();
        return builder(userId, roles, now, now + lifetime.toMillis()).compact();
    }

    /**
     * A new access token of a login.
     *
     * @param loginId names the login for {@link Session#keyOfLogin}
     * @param issuedAt epoch milliseconds; from here it is good for {@link #LIFETIME}
     */
    public String issue(UserId userId, Set<String> roles, String loginId, long issuedAt) {
        return builder(userId, roles, issuedAt, issuedAt + LIFETIME.toMillis())
                .claim(OwnIssuer.SESSION, loginId)
                .compact();
    }

    private JwtBuilder builder(UserId userId, Set<String> roles, long issuedAt, long expiresAt) {
        OwnIssuer own = keys.own();
        JwtBuilder token = Jwts.builder()
                .header()
                .keyId(keys.signingKeyId())
                .and()
                .subject(userId.value())
                .claim(OwnIssuer.ROLES, List.copyOf(roles))
                .issuedAt(new Date(issuedAt))
                .expiration(new Date(expiresAt))
                .signWith(keys.signingKey(), Jwts.SIG.HS256);
        if (!own.name().isEmpty()) {
            token.issuer(own.name());
        }
        if (!own.audience().isEmpty()) {
            token.audience().add(own.audience()).and();
        }
        return token;
    }

    /** Whom the token names, or null where it is not valid. */
    public Principal verify(String token) {
        Session session = session(token);
        return session == null ? null : session.principal();
    }

    private Session session(String token) {
        Session known = sessionEvenIfEnded(token);
        return known == null || revocations.contain(known) ? null : known;
    }

    private Session sessionEvenIfEnded(String token) {
        Session known = verified.find(token);
        if (known == null || clock.millis() >= known.expiresAt()) {
            known = verifyAnew(token);
        }
        return known;
    }

    private Session verifyAnew(String token) {
        try {
            for (TokenKey key : keys.candidates(TokenHeader.of(token))) {
                Session session = verify(token, key);
                if (session != null) {
                    verified.put(token, session);
                    return session;
                }
            }
        } catch (IllegalArgumentException e) {
            // No token at all.
        }
        verified.forget(token);
        return null;
    }

    /** Null where the key has not signed it, or its owner's tokens are not like this. */
    private Session verify(String token, TokenKey key) {
        try {
            Claims claims = key.verified(token);
            if (claims.getExpiration() == null) {
                return null;
            }
            long expiresAt = claims.getExpiration().getTime();
            if (expiresAt - clock.millis() > maxLifetimeMillis) {
                return null;
            }
            String login = key.issuer().session(claims);
            return new Session(
                    key.issuer().principal(claims),
                    login == null ? Session.keyOfToken(token) : Session.keyOfLogin(login),
                    claims.getIssuedAt() == null ? 0 : claims.getIssuedAt().getTime(),
                    expiresAt,
                    login);
        } catch (JwtException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Whom the request's bearer token names, or null where there is none or it is not valid. */
    public Principal caller(HttpHeaders headers) {
        Session session = session(headers);
        return session == null ? null : session.principal();
    }

    /** The session of the request's bearer token, or null where there is none or it is not valid. */
    public Session session(HttpHeaders headers) {
        String token = bearerToken(headers);
        return token == null ? null : session(token);
    }

    /** The same, also where it has been ended: good for nothing but to end what is left of its login. */
    public Session sessionEvenIfEnded(HttpHeaders headers) {
        String token = bearerToken(headers);
        return token == null ? null : sessionEvenIfEnded(token);
    }

    private static String bearerToken(HttpHeaders headers) {
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        // RFC 9110, section 11.1: the scheme's name in any case.
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return authorization.substring(BEARER.length()).trim();
    }
}
