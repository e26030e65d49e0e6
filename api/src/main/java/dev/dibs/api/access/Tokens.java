package dev.dibs.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dibs.api.CannotStartException;
import dev.dibs.ids.UserId;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.HttpHeaders;

/**
 * Issues and verifies access tokens: JWTs with HS256 and nothing else, whatever their header asks for. A token that has
 * been verified is remembered until it expires, so that whoever presses the button again costs a lookup and no HMAC.
 */
public final class Tokens {
    /** How long an access token is good for. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    static final String ROLES = "roles";

    private static final int MIN_SECRET_BYTES = 32;
    /** For clocks that differ a little between whoever issues tokens and this instance. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
    /** About half a kilobyte each. */
    private static final int MAX_REMEMBERED = 100_000;

    private static final String BEARER = "Bearer ";

    private record Verified(Principal principal, long expiresAt) {}

    private final SecretKey key;
    private final Clock clock;
    private final JwtParser parser;
    /** By the token itself: no two tokens share an entry, and a forged one finds none. */
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** @throws CannotStartException where the secret is missing or too short */
    public Tokens(String secret, Clock clock) {
        this.key = new SecretKeySpec(usable(secret), "HmacSHA256");
        this.clock = clock;
        this.parser = Jwts.parser()
                .verifyWith(key)
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(CLOCK_SKEW.toSeconds())
                .build();
    }

    private static byte[] usable(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            throw new CannotStartException("set DIBS_JWT_SECRET (or dibs.jwt.secret) to a secret of at least "
                    + MIN_SECRET_BYTES + " bytes, the same on all instances; without it no token can be checked");
        }
        // RFC 7518, section 3.2: a key of at least the hash's size.
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new CannotStartException("DIBS_JWT_SECRET (dibs.jwt.secret) must have at least " + MIN_SECRET_BYTES
                    + " bytes but has " + bytes.length);
        }
        return bytes;
    }

    /** A new access token, good for {@link #LIFETIME}. */
    public String issue(UserId userId, Set<String> roles) {
        return issue(userId, roles, LIFETIME);
    }

    /** A new access token for programs that need one for longer, such as a load test. */
    public String issue(UserId userId, Set<String> roles, Duration lifetime) {
        long now = clock.millis();
        return Jwts.builder()
                .subject(userId.value())
                .claim(ROLES, List.copyOf(roles))
                .issuedAt(new Date(now))
                .expiration(new Date(now + lifetime.toMillis()))
                .signWith(key, Jwts.SIG.HS256)
                .compact();
    }

    /** Whom the token names, or null where it is not valid. */
    public Principal verify(String token) {
        Verified known = verified.getIfPresent(token);
        if (known != null && clock.millis() < known.expiresAt) {
            return known.principal;
        }
        return verifyAnew(token);
    }

    private Principal verifyAnew(String token) {
        Verified fresh;
        try {
            fresh = read(parser.parseSignedClaims(token).getPayload());
        } catch (JwtException | IllegalArgumentException e) {
            verified.invalidate(token);
            return null;
        }
        verified.put(token, fresh);
        return fresh.principal;
    }

    private static Verified read(Claims claims) {
        if (claims.getExpiration() == null) {
            throw new IllegalArgumentException("a token that never expires is not taken");
        }
        Principal principal =
                Principal.of(new UserId(claims.getSubject()), roles(claims.get(ROLES)), TokenAttributes.of(claims));
        return new Verified(principal, claims.getExpiration().getTime());
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

    /** Whom the request's bearer token names, or null where there is none or it is not valid. */
    public Principal caller(HttpHeaders headers) {
        String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        // RFC 9110, section 11.1: the scheme's name in any case.
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return verify(authorization.substring(BEARER.length()).trim());
    }
}
