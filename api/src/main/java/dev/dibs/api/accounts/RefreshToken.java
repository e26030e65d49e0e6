package dev.dibs.api.accounts;

import dev.dibs.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refresh token: 256 random bits, then the family (one login and all that has been refreshed from it), then the user,
 * so that it is found by the user's id alone. Never to be logged; only its hash is stored.
 */
record RefreshToken(String secret, String family, UserId userId) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final int FAMILY_BYTES = 8;
    private static final Pattern FORMAT = Pattern.compile("([A-Za-z0-9_-]{43})\\.([0-9a-f]{16})\\.(.{1,64})");

    static RefreshToken newFamily(UserId userId) {
        return new RefreshToken(newSecret(), HexFormat.of().formatHex(random(FAMILY_BYTES)), userId);
    }

    RefreshToken next() {
        return new RefreshToken(newSecret(), family, userId);
    }

    static Optional<RefreshToken> parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RefreshToken(parts.group(1), parts.group(2), new UserId(parts.group(3))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return secret + "." + family + "." + userId;
    }

    /**
     * What is stored. SHA-256 without salt or work is enough for something nobody could guess.
     *
     * @param pepper makes the hash another one when it changes, and so the token worthless
     */
    String hash(String pepper) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest((text() + "." + pepper).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256; this one does not", e);
        }
    }

    private static String newSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    @Override
    public String toString() {
        return "RefreshToken[userId=" + userId + "]";
    }
}
