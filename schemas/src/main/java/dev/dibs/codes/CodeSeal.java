package dev.dibs.codes;

import dev.dibs.ids.ActivityId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals codes with AES-256-GCM (NIST SP 800-38D): {@code " sealed:<key>:<nonce, code and tag in Base64>"}. It begins
 * with a blank, as no code that was imported does, so that codes of a time without a seal can be told apart and are
 * read as they are. A sealed code is bound to its activity, and not to its place in there: the projector can copy it
 * without knowing a key.
 */
public final class CodeSeal {
    private static final String MARK = " sealed:";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(() -> {
        try {
            return Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have " + TRANSFORMATION, e);
        }
    });

    private final Map<String, SecretKey> keys = new HashMap<>();
    private final String writes;
    private final SecureRandom random = new SecureRandom();

    public CodeSeal(CodeSecrets secrets) {
        secrets.keys()
                .forEach(key ->
                        keys.put(key.name(), new SecretKeySpec(Hkdf.derive(key.secret(), "seal:aes-256-gcm"), "AES")));
        this.writes = secrets.keys().get(0).name();
    }

    /** The code as it is stored, each time another text. */
    public String seal(ActivityId activityId, String code) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed =
                run(Cipher.ENCRYPT_MODE, keys.get(writes), nonce, activityId, code.getBytes(StandardCharsets.UTF_8), 0);
        byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return MARK + writes + ":" + ENCODER.encodeToString(all);
    }

    /**
     * The code as its owner sees it.
     *
     * @param stored sealed, or plain as all codes once were; null stays null
     * @throws UnreadableCodeException where the key is missing or the text was tampered with
     */
    public String open(ActivityId activityId, String stored) {
        if (stored == null || !isSealed(stored)) {
            return stored;
        }
        int colon = stored.indexOf(':', MARK.length());
        String name = colon < 0 ? "" : stored.substring(MARK.length(), colon);
        SecretKey key = keys.get(name);
        if (key == null) {
            throw new UnreadableCodeException("A code of activity " + activityId + " is sealed with the key '" + name
                    + "', which dibs.codes.keys does not have");
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(stored.substring(colon + 1));
            if (all.length < NONCE_BYTES) {
                throw unreadable(activityId, name);
            }
            byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
            return new String(
                    run(Cipher.DECRYPT_MODE, key, nonce, activityId, all, NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | OpeningException e) {
            throw unreadable(activityId, name);
        }
    }

    /** Whether the text is sealed, with whichever key. */
    public static boolean isSealed(String stored) {
        return stored.startsWith(MARK);
    }

    /** Whether the text is sealed with the key that writes. */
    public boolean isCurrent(String stored) {
        return stored.startsWith(MARK + writes + ":");
    }

    private static UnreadableCodeException unreadable(ActivityId activityId, String name) {
        return new UnreadableCodeException("A code of activity " + activityId + " cannot be opened with the key '"
                + name + "': the secret of that name is another one, or the document was changed");
    }

    /** The tag does not fit; why exactly is not to be told. */
    private static final class OpeningException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OpeningException() {
            super("the tag does not fit", null, false, false);
        }
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, ActivityId activityId, byte[] input, int from) {
        Cipher cipher = CIPHERS.get();
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(activityId.value().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input, from, input.length - from);
        } catch (GeneralSecurityException e) {
            if (mode == Cipher.DECRYPT_MODE) {
                throw new OpeningException();
            }
            throw new IllegalStateException("A code cannot be sealed", e);
        }
    }

    @Override
    public String toString() {
        return "CodeSeal[writes=" + writes + ", reads=" + keys.keySet() + "]";
    }
}
