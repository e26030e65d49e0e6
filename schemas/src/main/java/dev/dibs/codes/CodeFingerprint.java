package dev.dibs.codes;

import dev.dibs.ledger.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What codes are found by without being read: HMAC-SHA-256 over the plain fingerprint, of which 128 bits are kept. Codes
 * are short, so that whoever has only plain fingerprints can try all codes; without the key nobody can. It is made
 * from the plain one and not from the code, so that the documents of a time without a key can be rewritten as they lie.
 */
public final class CodeFingerprint {
    private static final HexFormat HEX = HexFormat.of();
    private static final String MARK = "k:";
    private static final int BYTES = 16;

    private final byte[] key;

    public CodeFingerprint(CodeSecrets secrets) {
        this.key = Hkdf.derive(secrets.fingerprint(), "fingerprint:hmac-sha-256");
    }

    /** The plain fingerprint of a code: 32 hexadecimal digits. It stays in memory. */
    public static String plain(String code) {
        Fingerprint fingerprint = Fingerprint.of(code);
        return HEX.toHexDigits(fingerprint.high()) + HEX.toHexDigits(fingerprint.low());
    }

    /** The keyed fingerprint that belongs to a plain one: this is what is stored. */
    public String keyed(String plain) {
        byte[] mac = Hkdf.hmac(key, plain.getBytes(StandardCharsets.US_ASCII));
        return MARK + HEX.formatHex(Arrays.copyOf(mac, BYTES));
    }

    /** Whether a stored fingerprint is keyed. */
    public static boolean isKeyed(String stored) {
        return stored.startsWith(MARK);
    }

    @Override
    public String toString() {
        return "CodeFingerprint[***]";
    }
}
