package dev.dibs.audit;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.dibs.audit.AuditSourceException.Source;
import dev.dibs.ledger.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;

/** G5 for an exported file: one row per valid grab, in the order of the sequences. */
final class CsvCheck {
    static final List<String> COLUMNS =
            List.of("sequence", "ticket_id", "user_id", "ticket", "code", "grabbed_at", "redeemed_at", "revoked_at");
    private static final String PLACE = "the CSV";
    /** Fields that begin with one of these are led by an apostrophe, so that no spreadsheet computes them. */
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final AuditedActivity activity;
    private final Findings findings;
    private final TickList list;
    private long previous = -1;
    private boolean unsorted;

    CsvCheck(AuditedActivity activity, Findings findings) {
        this.activity = activity;
        this.findings = findings;
        this.list = new TickList(activity, Check.CSV, PLACE, findings);
    }

    void run(CsvExport export) {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(export.file())) {
            for (NamedCsvRecord row : rows) {
                if (!row.getHeader().equals(COLUMNS)) {
                    report("the CSV is expected to have the columns %s, but has %s", COLUMNS, row.getHeader());
                    break;
                }
                row(row);
            }
        } catch (CsvParseException e) {
            report("the CSV cannot be read to its end: %s", e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            throw new AuditSourceException(Source.CSV, export.file().toString(), e.toString(), e);
        }
        list.reportMissing();
        activity.looked(Check.CSV, "%,d rows", activity.counts().csvRows);
    }

    private void row(NamedCsvRecord row) {
        activity.counts().csvRows++;
        Long sequence = integer(row.getField("sequence"));
        Grant grant = list.tick(sequence, row.getField("ticket_id"));
        checkOrder(row, sequence);
        if (grant == null) {
            return;
        }
        list.compare(
                grant,
                new Differences()
                        .user(grant, unguarded(row.getField("user_id")))
                        .value("ticket", grant.kind().value(), unguarded(row.getField("ticket")))
                        .code(activity.codes().get(grant.sequence()), code(grant, row.getField("code")))
                        .value("grabbed_at", grant.grabbedAt(), time(row.getField("grabbed_at")))
                        .value("redeemed_at", grant.redeemedAt(), time(row.getField("redeemed_at")))
                        .value("revoked_at", grant.revokedAt(), time(row.getField("revoked_at"))));
    }

    private void checkOrder(NamedCsvRecord row, Long sequence) {
        if (sequence != null && sequence < previous && !unsorted) {
            unsorted = true;
            report(
                    "the CSV is expected to be sorted by sequence, but has %d behind %d in line %d",
                    sequence, previous, row.getStartingLineNumber());
        }
        previous = sequence == null ? previous : sequence;
    }

    /** A code may itself begin with an apostrophe, so both readings are tried. */
    private String code(Grant grant, String field) {
        Fingerprint imported = activity.codes().get(grant.sequence());
        return imported != null && imported.equals(Fingerprint.of(field)) ? field : unguarded(field);
    }

    private static String unguarded(String field) {
        boolean guarded = field.length() > 1 && field.charAt(0) == '\'' && FORMULA_STARTS.indexOf(field.charAt(1)) >= 0;
        return guarded ? field.substring(1) : field;
    }

    private static Long integer(String field) {
        try {
            return Long.valueOf(field);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Epoch milliseconds of an ISO-8601 time; null where there is none, and -1 where it is no such time. */
    private static Long time(String field) {
        if (field.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(field).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return -1L;
        }
    }

    private void report(String sentence, Object... args) {
        findings.add(Check.CSV, activity.id(), sentence, args);
    }
}
