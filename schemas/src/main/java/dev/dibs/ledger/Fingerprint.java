package dev.dibs.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The first 128 bits of the SHA-256 of a text. It stands for a user or a request where a million of them are kept:
 * 16 bytes instead of a string, and nobody can make two texts with the same one.
 */
public record Fingerprint(long high, long low) {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256; this one does not", e);
        }
    });

    public static Fingerprint of(String text) {
        ByteBuffer digest = ByteBuffer.wrap(SHA_256.get().digest(text.getBytes(StandardCharsets.UTF_8)));
        return new Fingerprint(digest.getLong(), digest.getLong());
    }

    /** 22 characters of URL-safe Base64. */
    public String text() {
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException where the text does not come from {@link #text()} */
    public static Fingerprint parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.remaining() != 2 * Long.BYTES) {
            throw new IllegalArgumentException("A fingerprint has 16 bytes, not " + bytes.remaining());
        }
        return new Fingerprint(bytes.getLong(), bytes.getLong());
    }
}
