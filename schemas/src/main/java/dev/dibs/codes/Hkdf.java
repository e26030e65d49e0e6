package dev.dibs.codes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys of 256 bits from a secret: HKDF with SHA-256, RFC 5869, of which the first block is enough. */
final class Hkdf {
    private static final String HMAC = "HmacSHA256";

    private Hkdf() {}

    /**
     * @param salt not empty
     * @param info names what the key is for; another name gives another key
     * @return 32 bytes
     */
    static byte[] derive(byte[] secret, byte[] salt, byte[] info) {
        byte[] block = new byte[info.length + 1];
        System.arraycopy(info, 0, block, 0, info.length);
        block[info.length] = 1;
        return hmac(hmac(salt, secret), block);
    }

    static byte[] derive(String secret, String info) {
        return derive(utf8(secret), utf8("dibs codes"), utf8(info));
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform must have " + HMAC, e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
