package dev.dibs.audit;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** The bytes of a CSV file, decompressed where its name ends with {@code .gz}; counts and hashes what is read. */
final class CsvBytes extends FilterInputStream {
    private static final String COMPRESSED = ".gz";

    private final MessageDigest sha256 = sha256();
    private long count;

    CsvBytes(Path file) throws IOException {
        super(open(file));
    }

    private static InputStream open(Path file) throws IOException {
        InputStream stored = new BufferedInputStream(Files.newInputStream(file));
        if (!file.toString().endsWith(COMPRESSED)) {
            return stored;
        }
        try {
            return new GZIPInputStream(stored);
        } catch (IOException e) {
            stored.close();
            throw e;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        if (read > 0) {
            count += read;
            sha256.update(buffer, from, read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        // Whoever goes back would have bytes counted twice.
        return false;
    }

    /** How many there are; reads those that nobody has read yet. */
    long count() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return count;
    }

    /** In hexadecimal, of what was read; once only. */
    String hash() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
