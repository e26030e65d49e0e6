package dev.dibs.api.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.Formulas;
import dev.dibs.exports.TicketState;
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
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int TYPICAL_ROW = 160;

    private final ExportLayout layout;
    private final String[] labels;

    CsvEncoder(ExportLayout layout) {
        this.layout = layout;
        this.labels = layout.columns().stream().map(ExportColumn::label).toArray(String[]::new);
    }

    /** The beginning of a file: the byte order mark if there is one, and the labels of the columns. */
    byte[] header() {
        StringWriter text = new StringWriter();
        if (layout.bom()) {
            text.write(BYTE_ORDER_MARK);
        }
        return write(text, csv -> csv.writeRecord(labels));
    }

    byte[] rows(List<ResultRow> rows) {
        String[] fields = new String[labels.length];
        return write(new StringWriter(rows.size() * TYPICAL_ROW), csv -> {
            for (ResultRow row : rows) {
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = field(layout.columns().get(i), row);
                }
                csv.writeRecord(fields);
            }
        });
    }

    private String field(ExportColumn column, ResultRow row) {
        return switch (column) {
            case SEQUENCE -> Integer.toString(row.sequence());
            case TICKET_ID -> text(row.ticketId());
            case USER_ID -> text(row.userId());
            case TICKET -> text(row.ticketKind());
            case CODE -> text(row.code());
            case GRABBED_AT -> time(row.grabbedAt());
            case REDEEMED_AT -> time(row.usedAt(TicketState.REDEEMED));
            case REVOKED_AT -> time(row.usedAt(TicketState.REVOKED));
            case STATE -> row.state().label();
            case GRAB_OFFSET -> Long.toString(row.grabOffset());
            case STATE_OFFSET ->
                row.stateOffset() == null ? "" : row.stateOffset().toString();
        };
    }

    private String text(String field) {
        if (layout.formulaSafe()) {
            return safe(field);
        }
        return field == null ? "" : field;
    }

    private byte[] write(StringWriter text, java.util.function.Consumer<CsvWriter> content) {
        CsvWriter.CsvWriterBuilder builder = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF);
        if (labels.length == 1) {
            // Readers pass over empty lines: an empty field that is alone must be seen.
            builder.quoteStrategy(QuoteStrategies.EMPTY);
        }
        return write(builder, text, content);
    }

    /** The field, so that no spreadsheet runs it; empty for null. */
    public static String safe(String field) {
        return field == null ? "" : Formulas.guarded(field);
    }

    /** ISO-8601 in UTC with milliseconds; empty for null. */
    public static String time(Long epochMillis) {
        return epochMillis == null ? "" : TIME.format(Instant.ofEpochMilli(epochMillis));
    }

    /** What is written into the writer, in UTF-8. */
    public static byte[] write(int rows, java.util.function.Consumer<CsvWriter> content) {
        return write(
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF), new StringWriter(rows * TYPICAL_ROW), content);
    }

    private static byte[] write(
            CsvWriter.CsvWriterBuilder builder, StringWriter text, java.util.function.Consumer<CsvWriter> content) {
        try (CsvWriter csv = builder.build(text)) {
            content.accept(csv);
        } catch (IOException e) {
            throw new UncheckedIOException("a writer into memory failed", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
