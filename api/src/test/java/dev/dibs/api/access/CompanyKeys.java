package dev.dibs.api.access;

import dev.dibs.api.ApiProperties.CompanyLogin;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PublicJwk;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** Keys of a company's login, made for the test, and what it would sign with them. */
public final class CompanyKeys {
    public static final String ISSUER = "https://login.example.org/";
    public static final String AUDIENCE = "dibs";

    private CompanyKeys() {}

    public static KeyPair rsa() {
        return rsa(2048);
    }

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    public static String jwk(String id, PublicKey key) {
        PublicJwk<?> jwk = Jwks.builder().key(key).id(id).build();
        return Jwks.UNSAFE_JSON(jwk);
    }

    /** A login with these keys, and without anything that it could have left out. */
    static CompanyLogin login(String keys, String... roles) {
        return new CompanyLogin(ISSUER, AUDIENCE, keys, "", "sub", "", "roles", List.of(roles));
    }

    /** Whom a token names and in which roles, without what else it says; null where it names nobody. */
    static Principal named(Principal found) {
        return found == null ? null : Principal.of(found.userId(), found.roles());
    }

    /** @param now epoch milliseconds */
    public static JwtBuilder token(String user, long now) {
        return Jwts.builder()
                .issuer(ISSUER)
                .audience()
                .add(AUDIENCE)
                .and()
                .subject(user)
                .issuedAt(new Date(now))
                .expiration(new Date(now + 60_000));
    }
}
