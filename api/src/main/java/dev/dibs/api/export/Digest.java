package dev.dibs.api.export;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes the parts of a file, one after the other. */
final class Digest {
    private final MessageDigest sha256;
    private long rows;
    private long bytes;

    Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256", e);
        }
    }

    void add(ResultsExport.Part part) {
        rows += part.rows();
        bytes += part.bytes().length;
        sha256.update(part.bytes());
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** In hexadecimal; once only. */
    String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
