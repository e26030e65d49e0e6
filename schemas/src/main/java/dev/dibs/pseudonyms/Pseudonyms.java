package dev.dibs.pseudonyms;

import dev.dibs.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives every buyer another name: HMAC-SHA-256 of the user's id, of which 128 bits are kept. The same buyer has the same
 * name wherever the key is the same, so rows can be joined; ids can be guessed, but without the key nobody can try them.
 * Another key gives everybody another name, also for what has been written: rows of two keys cannot be joined.
 */
public final class Pseudonyms {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 16;
    private static final int MIN_CHARACTERS = 32;

    /** To find one and give it its key costs more than to use it; none may be used by two threads at once. */
    private final ThreadLocal<Mac> macs;

    /**
     * @param secret the operator's key, at least 32 characters
     * @throws IllegalArgumentException where it is shorter; the message does not contain it
     */
    public Pseudonyms(String secret) {
        if (secret == null || secret.length() < MIN_CHARACTERS) {
            throw new IllegalArgumentException("set DIBS_PSEUDONYM_KEY (or dibs.pseudonym.key) to a secret of at least "
                    + MIN_CHARACTERS + " characters: what buyers are called where analysts read is made with it");
        }
        SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
        macs = ThreadLocal.withInitial(() -> mac(key));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have " + HMAC, e);
        }
    }

    /** 22 characters of the URL-safe base64 alphabet. */
    public String of(UserId userId) {
        byte[] whole = macs.get().doFinal(userId.value().getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, BYTES));
    }

    @Override
    public String toString() {
        return "Pseudonyms[***]";
    }
}
