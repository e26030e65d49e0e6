package dev.dibs.exports;

import dev.dibs.ids.ActivityId;
import java.util.regex.Pattern;

/**
 * What an export is, so that whoever has the file can tell that it is that and all of it. Size and hash are those of the
 * CSV, which is the same for the same position whenever it is asked for.
 *
 * @param after the sequence behind which the rows begin; null where they begin with the first
 * @param rows without the line of the columns
 * @param bytes of the CSV, before it is compressed or converted
 * @param sha256 of these bytes, in hexadecimal
 * @param file what these rows were stored as; null where nothing is known of a file
 */
public record ExportManifest(
        ActivityId activityId,
        LogPosition position,
        ExportLayout layout,
        ExportFilter filter,
        Integer after,
        long rows,
        long bytes,
        String sha256,
        StoredFile file) {
    /** Of the columns and of this manifest; fields are only added within a version. */
    public static final int SCHEMA_VERSION = 1;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ExportManifest {
        if (activityId == null || position == null || layout == null || filter == null) {
            throw new IllegalArgumentException("a manifest names activity, position, columns and filters");
        }
        if (rows < 0 || bytes < 0 || !isSha256(sha256)) {
            throw new IllegalArgumentException("rows and bytes must be at least 0, and sha256 64 digits");
        }
    }

    /**
     * A file beside which the manifest lies.
     *
     * @param name without its folder
     * @param format csv, csv.gz or parquet
     */
    public record StoredFile(String name, String format, long bytes, String sha256) {
        public StoredFile {
            if (name == null || format == null || bytes < 0 || !isSha256(sha256)) {
                throw new IllegalArgumentException("a file has a name, a format, a size and a SHA-256");
            }
        }
    }

    private static boolean isSha256(String text) {
        return text != null && SHA256.matcher(text).matches();
    }

    /** Whether it begins with the first row and ends with the last; a rest behind a cursor is not complete. */
    public boolean complete() {
        return after == null;
    }

    public ExportManifest storedAs(StoredFile stored) {
        return new ExportManifest(activityId, position, layout, filter, after, rows, bytes, sha256, stored);
    }
}
