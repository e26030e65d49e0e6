package dev.dibs.api.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Rows as RFC 4180 has them, with CRLF and quotes where they are needed, and times as ISO-8601 in UTC with
 * milliseconds. A field that a spreadsheet would take for a formula gets a leading apostrophe: a code may come from
 * anybody's file, and whoever opens the export must not run it.
 */
public final class CsvEncoder {
    private static final String[] HEADER = {
        "sequence", "ticket_id", "user_id", "ticket", "code", "grabbed_at", "redeemed_at", "revoked_at"
    };
    private static final String FORMULA_STARTS = "=+-@\t\r";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int TYPICAL_ROW = 160;

    private CsvEncoder() {}

    static byte[] header() {
        return write(1, csv -> csv.writeRecord(HEADER));
    }

    static byte[] rows(List<ResultRow> rows) {
        return write(
                rows.size(),
                csv -> rows.forEach(row -> csv.writeRecord(
                        Integer.toString(row.sequence()),
                        safe(row.ticketId()),
                        safe(row.userId()),
                        safe(row.ticketKind()),
                        safe(row.code()),
                        time(row.grabbedAt()),
                        time(row.redeemedAt()),
                        time(row.revokedAt()))));
    }

    /** The field, so that no spreadsheet runs it; empty for null. */
    public static String safe(String field) {
        if (field == null || field.isEmpty()) {
            return "";
        }
        return FORMULA_STARTS.indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
    }

    /** ISO-8601 in UTC with milliseconds; empty for null. */
    public static String time(Long epochMillis) {
        return epochMillis == null ? "" : TIME.format(Instant.ofEpochMilli(epochMillis));
    }

    /** What is written into the writer, in UTF-8. */
    public static byte[] write(int rows, java.util.function.Consumer<CsvWriter> content) {
        StringWriter text = new StringWriter(rows * TYPICAL_ROW);
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            content.accept(csv);
        } catch (IOException e) {
            throw new UncheckedIOException("a writer into memory failed", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
