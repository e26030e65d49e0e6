package dev.dibs.audit;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.dibs.audit.AuditSourceException.Source;
import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.Formulas;
import dev.dibs.exports.TicketState;
import dev.dibs.ledger.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.List;

/** G5 for an exported file: one row per valid grab that it must list, in the order of the sequences. */
final class CsvCheck {
    static final List<String> COLUMNS =
            ExportColumn.DEFAULT.stream().map(ExportColumn::label).toList();
    private static final List<String> KNOWN =
            List.of(ExportColumn.values()).stream().map(ExportColumn::label).toList();
    private static final String PLACE = "the CSV";

    private final AuditedActivity activity;
    private final Findings findings;
    private final ExportManifest manifest;
    private final ExportScope scope;
    private final TickList list;
    private List<String> columns;
    private long rows;
    private long previous = -1;
    private boolean unsorted;
    /** Whether the file was told to be none that can be compared. */
    private boolean refused;

    CsvCheck(AuditedActivity activity, Findings findings, ExportManifest manifest) {
        this.activity = activity;
        this.findings = findings;
        this.manifest = manifest;
        this.scope = new ExportScope(manifest);
        this.list = new TickList(activity, Check.CSV, PLACE, findings);
    }

    void run(CsvExport export) {
        try (CsvBytes bytes = new CsvBytes(export.file())) {
            read(bytes);
            if (rows == 0 && columns == null && !refused) {
                checkHeaderWithoutRows(export);
            }
            if (manifest != null) {
                compareWithManifest(bytes);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new AuditSourceException(Source.CSV, export.file().toString(), e.toString(), e);
        }
        list.reportMissing(scope::lists);
        activity.looked(Check.CSV, manifest == null ? "%,d rows" : "%,d rows as of %s", rows, position());
    }

    private Object position() {
        return manifest == null ? "" : manifest.position();
    }

    private void read(CsvBytes bytes) {
        try {
            for (NamedCsvRecord row : CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(bytes)) {
                if (columns == null && !hasExpectedColumns(row.getHeader())) {
                    break;
                }
                row(row);
            }
        } catch (CsvParseException e) {
            refused = true;
            report("the CSV cannot be read to its end: %s", e.getMessage());
        }
    }

    /** Where nothing is won there are no rows, but whatever has none need not be such a file. */
    private void checkHeaderWithoutRows(CsvExport export) throws IOException {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().detectBomHeader(true).ofCsvRecord(export.file())) {
            Iterator<CsvRecord> records = reader.iterator();
            if (records.hasNext()) {
                hasExpectedColumns(records.next().getFields());
            } else {
                report("the CSV is empty; it is expected to have a header");
            }
        }
    }

    private boolean hasExpectedColumns(List<String> header) {
        List<String> told = manifest == null
                ? COLUMNS
                : manifest.layout().columns().stream().map(ExportColumn::label).toList();
        boolean known = manifest == null ? KNOWN.containsAll(header) : header.equals(told);
        if (!known || !header.contains(ExportColumn.SEQUENCE.label())) {
            report(
                    known
                            ? "the CSV needs the column sequence to be compared, of the columns %s it has %s"
                            : "the CSV is expected to have the columns %s, but has %s",
                    told,
                    header);
            refused = true;
            return false;
        }
        columns = header;
        return true;
    }

    private void row(NamedCsvRecord row) {
        rows++;
        activity.counts().csvRows++;
        Long sequence = integer(row.getField(ExportColumn.SEQUENCE.label()));
        Grant named = sequence == null ? null : activity.grants().get(sequence);
        String ticket = named == null ? "" : named.ticketId().toString();
        Grant grant = list.tick(
                sequence, row.findField(ExportColumn.TICKET_ID.label()).orElse(ticket));
        checkOrder(row, sequence);
        if (grant == null) {
            return;
        }
        if (!scope.lists(grant)) {
            report(
                    "%s has a row too many: sequence %d (ticket %s) %s",
                    PLACE,
                    grant.sequence(),
                    grant.ticketId(),
                    scope.reaches(grant)
                            ? "is not what its filters let through"
                            : "was grabbed behind its position " + position());
            return;
        }
        Differences differences = new Differences();
        for (String column : columns) {
            compare(ExportColumn.of(column), grant, row.getField(column), differences);
        }
        list.compare(grant, differences);
    }

    private void compare(ExportColumn column, Grant grant, String field, Differences differences) {
        switch (column) {
            // These two are how the grab was found.
            case SEQUENCE, TICKET_ID -> {}
            case USER_ID -> differences.user(grant, unguarded(field));
            case TICKET -> differences.value("ticket", grant.kind().value(), unguarded(field));
            case CODE -> differences.code(activity.codes().get(grant.sequence()), code(grant, field));
            case GRABBED_AT -> differences.value("grabbed_at", grant.grabbedAt(), time(field));
            case REDEEMED_AT ->
                differences.value("redeemed_at", scope.usedAt(grant, TicketState.REDEEMED), time(field));
            case REVOKED_AT -> differences.value("revoked_at", scope.usedAt(grant, TicketState.REVOKED), time(field));
            case STATE -> differences.value("state", scope.state(grant).label(), field);
            case GRAB_OFFSET -> differences.value("grab_offset", grant.offset(), integer(field));
            case STATE_OFFSET -> differences.value("state_offset", scope.stateOffset(grant), integer(field));
        }
    }

    private void compareWithManifest(CsvBytes bytes) throws IOException {
        Differences differences = new Differences()
                .value("activityId", activity.id(), manifest.activityId())
                .value("rows", rows, manifest.rows())
                .value("bytes", bytes.count(), manifest.bytes())
                .value("sha256", bytes.hash(), manifest.sha256());
        if (activity.isInLog()) {
            differences.value(
                    "the partition of its position",
                    activity.partition(),
                    manifest.position().partition());
        }
        if (differences.any()) {
            report("the manifest of the CSV is wrong: %s", differences);
        }
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

    private String unguarded(String field) {
        return manifest == null || manifest.layout().formulaSafe() ? Formulas.unguarded(field) : field;
    }

    /** Null where there is none, or it is no number. */
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
