package dev.dibs.standalone.export;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Takes the bytes of a CSV as they come and hands on whole records only, counted and hashed: what has been handed on is a
 * file up to some row, wherever the connection breaks. Memory: one piece and one record.
 */
final class CsvRecords {
    private static final int INITIAL = 1 << 16;

    private final OutputStream out;
    private final int sequenceColumn;
    private final MessageDigest sha256;
    private byte[] buffer = new byte[INITIAL];
    private int length;
    private boolean quoted;
    private long skip;
    private long records;
    private long bytes;
    private Integer lastSequence;

    /** @param sequenceColumn which field is the sequence; -1 where none is */
    CsvRecords(OutputStream out, int sequenceColumn) {
        this.out = out;
        this.sequenceColumn = sequenceColumn;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256", e);
        }
    }

    /** @throws IOException where what came cannot be handed on */
    void accept(byte[] piece) throws IOException {
        int from = (int) Math.min(skip, piece.length);
        skip -= from;
        append(piece, from);
    }

    private void append(byte[] piece, int from) throws IOException {
        int added = piece.length - from;
        if (length + added > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + added, 2 * buffer.length));
        }
        System.arraycopy(piece, from, buffer, length, added);
        int scanned = length;
        length += added;
        int start = 0;
        int end = 0;
        for (int i = scanned; i < length; i++) {
            if (buffer[i] == '"') {
                // A quote within quotes stands twice, which changes nothing.
                quoted = !quoted;
            } else if (buffer[i] == '\n' && !quoted) {
                start = end;
                end = i + 1;
                records++;
            }
        }
        if (end > 0) {
            handOn(start, end);
        }
    }

    private void handOn(int lastRecord, int end) throws IOException {
        out.write(buffer, 0, end);
        sha256.update(buffer, 0, end);
        bytes += end;
        if (sequenceColumn >= 0 && rows() > 0) {
            lastSequence = sequence(new String(buffer, lastRecord, end - lastRecord, StandardCharsets.UTF_8));
        }
        System.arraycopy(buffer, end, buffer, 0, length - end);
        length -= end;
    }

    private Integer sequence(String record) throws IOException {
        for (CsvRecord row : CsvReader.builder().ofCsvRecord(record)) {
            try {
                return Integer.valueOf(row.getField(sequenceColumn));
            } catch (NumberFormatException e) {
                throw new IOException("a row has no sequence where it should have one", e);
            }
        }
        throw new IOException("a row is empty");
    }

    /** The connection broke: what had come of the next record is forgotten. */
    void breakOff() {
        length = 0;
        quoted = false;
        skip = 0;
    }

    /** What comes next is the file from its beginning: what has been handed on already is passed over. */
    void beginAgain() {
        skip = bytes;
    }

    /** Whether the last record that came is whole, and everything passed over has come again. */
    boolean isWhole() {
        return length == 0 && skip == 0;
    }

    /** Records that were handed on, but for the first, which has the names of the columns. */
    long rows() {
        return Math.max(0, records - 1);
    }

    long bytes() {
        return bytes;
    }

    /** Of the last row that was handed on; null before the first, and where there is no such column. */
    Integer lastSequence() {
        return lastSequence;
    }

    /** Of all that was handed on, in hexadecimal; once only. */
    String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
