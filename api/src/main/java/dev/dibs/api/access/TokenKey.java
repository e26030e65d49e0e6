package dev.dibs.api.access;

import dev.dibs.api.CannotStartException;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that tokens are checked with. Its kind alone decides which algorithm it is good for; a token whose header asks
 * for another is not taken (RFC 8725, section 3.1), so that nobody can have a public key used as a secret.
 */
final class TokenKey {
    private static final int MIN_SECRET_BYTES = 32;
    private static final int MIN_RSA_BITS = 2048;

    private final String id;
    private final SecureDigestAlgorithm<?, ?> algorithm;
    private final Issuer issuer;
    private final JwtParser parser;

    private TokenKey(
            String id,
            SecureDigestAlgorithm<?, ?> algorithm,
            Issuer issuer,
            JwtParserBuilder verifying,
            Clock clock,
            Duration skew) {
        this.id = id;
        this.algorithm = algorithm;
        this.issuer = issuer;
        // Compressed tokens are no use to anybody but whoever wants to fill the memory (RFC 8725, section 3.6).
        this.parser = verifying
                .sig()
                .clear()
                .add(algorithm)
                .and()
                .zip()
                .clear()
                .and()
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(skew.toSeconds())
                .build();
    }

    /**
     * @param id what a token's {@code kid} says; empty where the key has no name
     * @param setting where the secret comes from, for whoever has to mend it
     */
    static TokenKey ofSecret(String id, String secret, String setting, Issuer issuer, Clock clock, Duration skew) {
        SecretKey key = secretKey(secret, setting);
        return new TokenKey(id, Jwts.SIG.HS256, issuer, Jwts.parser().verifyWith(key), clock, skew);
    }

    static SecretKey secretKey(String secret, String setting) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        // RFC 7518, section 3.2: a key of at least the hash's size.
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new CannotStartException(
                    setting + " must have at least " + MIN_SECRET_BYTES + " bytes but has " + bytes.length);
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** @throws CannotStartException where the key is none of those that are taken */
    static TokenKey ofPublicKey(String id, PublicKey key, String setting, Issuer issuer, Clock clock, Duration skew) {
        return new TokenKey(id, algorithmOf(key, setting), issuer, Jwts.parser().verifyWith(key), clock, skew);
    }

    private static SecureDigestAlgorithm<?, ?> algorithmOf(PublicKey key, String setting) {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS) {
            return Jwts.SIG.RS256;
        }
        if (key instanceof ECPublicKey ec && isP256(ec.getParams())) {
            return Jwts.SIG.ES256;
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
            return Jwts.SIG.EdDSA;
        }
        throw new CannotStartException(setting + " has a key that cannot be used: taken are RSA of at least "
                + MIN_RSA_BITS + " bits (RS256), P-256 (ES256) and Ed25519 (EdDSA)");
    }

    private static boolean isP256(ECParameterSpec given) {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec p256 = named.getParameterSpec(ECParameterSpec.class);
            return given.getCurve().equals(p256.getCurve())
                    && given.getGenerator().equals(p256.getGenerator())
                    && given.getOrder().equals(p256.getOrder());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have P-256; this one does not", e);
        }
    }

    String id() {
        return id;
    }

    String algorithm() {
        return algorithm.getId();
    }

    Issuer issuer() {
        return issuer;
    }

    /**
     * What a token says that this key has signed.
     *
     * @throws io.jsonwebtoken.JwtException where it has not, or the token is not good at this time
     */
    Claims verified(String token) {
        return parser.parseSignedClaims(token).getPayload();
    }
}
