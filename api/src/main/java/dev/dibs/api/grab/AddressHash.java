package dev.dibs.api.grab;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes client addresses with a secret salt (HMAC-SHA-256, first 96 bits): equal addresses can be counted, and nobody
 * without the salt can find an address by trying them all.
 */
public final class AddressHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 12;

    private final ThreadLocal<Mac> macs;

    /** @param salt the same on all instances; not empty */
    public AddressHash(String salt) {
        SecretKeySpec key = new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.macs = ThreadLocal.withInitial(() -> mac(key));
    }

    /** 16 characters, or empty where the address is not known. */
    public String hash(String address) {
        if (address == null || address.isEmpty()) {
            return "";
        }
        byte[] hash = macs.get().doFinal(address.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(hash, BYTES));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform must have " + ALGORITHM, e);
        }
    }
}
