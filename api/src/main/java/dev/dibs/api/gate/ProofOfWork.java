package dev.dibs.api.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashcash with SHA-256, which every browser has ({@code crypto.subtle}): the hash of challenge, '.' and proof must begin
 * with so many zero bits. To find one takes 2 to the power of that many hashes on average, to check it takes one.
 */
public final class ProofOfWork {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256; this one does not", e);
        }
    });
    private static final int MAX_PROOF = 32;

    private ProofOfWork() {}

    /** Whether this could be a proof at all: 1 to 32 letters, digits, - and _. */
    static boolean isWellFormed(String proof) {
        if (proof.isEmpty() || proof.length() > MAX_PROOF) {
            return false;
        }
        for (int i = 0; i < proof.length(); i++) {
            char c = proof.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    public static boolean holds(String challenge, String proof, int bits) {
        return leadingZeroBits(hash(challenge, proof)) >= bits;
    }

    /** Finds a proof, as a browser does: for tests and figures. Takes 2 to the power of {@code bits} hashes on average. */
    public static String solve(String challenge, int bits) {
        for (long counter = 0; ; counter++) {
            String proof = Long.toString(counter, Character.MAX_RADIX);
            if (holds(challenge, proof, bits)) {
                return proof;
            }
        }
    }

    private static byte[] hash(String challenge, String proof) {
        return SHA_256.get().digest((challenge + "." + proof).getBytes(StandardCharsets.US_ASCII));
    }

    private static int leadingZeroBits(byte[] hash) {
        int bits = 0;
        for (byte b : hash) {
            if (b != 0) {
                return bits + Integer.numberOfLeadingZeros(b & 0xFF) - (Integer.SIZE - Byte.SIZE);
            }
            bits += Byte.SIZE;
        }
        return bits;
    }
}
