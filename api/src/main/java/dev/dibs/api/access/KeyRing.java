package dev.dibs.api.access;

import dev.dibs.api.ApiProperties;
import dev.dibs.api.ApiProperties.CompanyLogin;
import dev.dibs.api.CannotStartException;
import dev.dibs.ledger.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;

/** All keys that tokens are checked with, and the one that signs. */
public final class KeyRing {
    /** How long it is remembered that a user's sessions have been ended, so nothing that is limited may live longer. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(30);

    static final Duration MAX_SKEW = Duration.ofMinutes(1);
    /** A forged token may cost as many checks. */
    private static final int MAX_KEYS = 50;

    private final SecretKey signingKey;
    private final String signingKeyId;
    private final OwnIssuer own;
    private final List<TokenKey> keys = new ArrayList<>();
    private final ReservedNames reserved;

    /** @throws CannotStartException naming the setting that cannot be */
    public KeyRing(ApiProperties.Jwt settings, Clock clock) {
        if (settings.secret().isEmpty()) {
            throw new CannotStartException("set DIBS_JWT_SECRET (or dibs.jwt.secret) to a secret of at least 32 bytes,"
                    + " the same on all instances; without it no token can be checked");
        }
        Duration skew = settings.clockSkew();
        if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
            throw new CannotStartException("dibs.jwt.clock-skew must be 0s to 60s but is " + skew);
        }
        Duration longest = settings.maxLifetime();
        boolean isPossible = longest.compareTo(Tokens.LIFETIME) >= 0 && longest.compareTo(MAX_LIFETIME) <= 0;
        if (!longest.isZero() && !isPossible) {
            throw new CannotStartException(
                    "dibs.jwt.max-lifetime must be 15m to 30d, or 0s for any, but is " + longest);
        }
        Set<String> others =
                settings.issuers().stream().map(CompanyLogin::issuer).collect(Collectors.toUnmodifiableSet());
        boolean isOneOfThem = !settings.issuer().isEmpty() && others.contains(settings.issuer());
        if (others.size() < settings.issuers().size() || isOneOfThem) {
            throw new CannotStartException("dibs.jwt.issuers must have one entry for each issuer, none of them Dibs");
        }
        own = new OwnIssuer(settings.issuer(), settings.audience(), others);
        signingKey = TokenKey.secretKey(settings.secret(), "DIBS_JWT_SECRET (dibs.jwt.secret)");
        signingKeyId = idOf(settings.secret());
        addSecret(settings.secret(), "dibs.jwt.secret", clock, skew);
        settings.otherSecrets().forEach(secret -> addSecret(secret, "dibs.jwt.other-secrets", clock, skew));
        for (int i = 0; i < settings.issuers().size(); i++) {
            addLogin(settings.issuers().get(i), "dibs.jwt.issuers[" + i + "]", clock, skew);
        }
        if (keys.size() > MAX_KEYS) {
            throw new CannotStartException("there may be " + MAX_KEYS + " keys for tokens but are " + keys.size());
        }
        reserved = new ReservedNames(settings.issuers());
    }

    /** Made from the secret, so that every instance calls it the same and nobody has to configure it. */
    private static String idOf(String secret) {
        return Fingerprint.of("key id of " + secret).text();
    }

    private void addSecret(String secret, String setting, Clock clock, Duration skew) {
        keys.add(TokenKey.ofSecret(idOf(secret), secret, setting, own, clock, skew));
    }

    private void addLogin(CompanyLogin login, String setting, Clock clock, Duration skew) {
        CompanyIssuer issuer = new CompanyIssuer(login, setting);
        if (login.keys().isEmpty() == login.secret().isEmpty()) {
            throw new CannotStartException(setting + " must have either keys or a secret");
        }
        if (login.keys().isEmpty()) {
            keys.add(TokenKey.ofSecret("", login.secret(), setting + ".secret", issuer, clock, skew));
            return;
        }
        for (PublicKeys.Named key : PublicKeys.parse(login.keys(), setting + ".keys")) {
            keys.add(TokenKey.ofPublicKey(key.id(), key.key(), setting + ".keys", issuer, clock, skew));
        }
    }

    SecretKey signingKey() {
        return signingKey;
    }

    String signingKeyId() {
        return signingKeyId;
    }

    OwnIssuer own() {
        return own;
    }

    /** The names of users that only other logins give. */
    public ReservedNames reserved() {
        return reserved;
    }

    /**
     * The keys that may have signed a token: the one it names; where it names none, or one that is not known, all that
     * can be meant. Systems that were given the secret may call it what they like.
     */
    List<TokenKey> candidates(TokenHeader header) {
        List<TokenKey> named = new ArrayList<>();
        List<TokenKey> unnamed = new ArrayList<>();
        for (TokenKey key : keys) {
            if (!key.algorithm().equals(header.algorithm())) {
                continue;
            }
            if (header.keyId() != null && header.keyId().equals(key.id())) {
                named.add(key);
            } else if (header.keyId() == null || key.id().isEmpty() || key.issuer() == own) {
                unnamed.add(key);
            }
        }
        return named.isEmpty() ? unnamed : named;
    }
}
