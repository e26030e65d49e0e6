package dev.dibs.chaos.workload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Codes to import.
 *
 * @param codes each code is this and its row's number
 */
record CodeFile(String codes, int rows, byte[] bytes) {
    private static final int ID_DIGITS = 32;

    static CodeFile of(String activity, int number, int rows) {
        String codes = "code." + activity + "." + number + ".";
        String csv =
                IntStream.range(0, rows).mapToObj(row -> codes + row + "\n").collect(Collectors.joining());
        return new CodeFile(codes, rows, ("code\n" + csv).getBytes(StandardCharsets.UTF_8));
    }

    /** As the servers name it: the same file is the same import. */
    String importId() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256; this one does not", e);
        }
    }
}
