package dev.dibs.chaos.check;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.dibs.chaos.check.Confirmations.Confirmation;
import dev.dibs.chaos.history.Exchange;
import dev.dibs.chaos.history.Operation;
import dev.dibs.ledger.Holding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files that were exported in the middle of the run: each row is in the log, none is there twice, and none is missing
 * that had been confirmed a while before. That a file of the end is complete and right in every field is the audit's.
 */
final class ExportCheck implements HistoryCheck {
    private static final int OK = 200;
    private static final long GRACE_MILLIS = VisibleCheck.OTHER_INSTANCE.toMillis();

    private final Fold fold;
    private final ImportedCodes codes;
    private final Confirmations confirmations;
    private final Violations violations;
    private final List<Exchange> exports = new ArrayList<>();

    ExportCheck(Fold fold, ImportedCodes codes, Confirmations confirmations, Violations violations) {
        this.fold = fold;
        this.codes = codes;
        this.confirmations = confirmations;
        this.violations = violations;
    }

    @Override
    public void see(Exchange exchange) {
        if (exchange.operation() == Operation.EXPORT && exchange.ret() == OK) {
            exports.add(exchange);
        }
    }

    @Override
    public void finish() {
        exports.forEach(this::check);
    }

    private void check(Exchange export) {
        Set<String> tickets = new HashSet<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(Path.of(export.note()))) {
            for (NamedCsvRecord row : rows) {
                check(export, row);
                if (!tickets.add(row.getField("ticket_id"))) {
                    report(export, row.getField("user_id"), "ticket %s is there twice", row.getField("ticket_id"));
                }
            }
        } catch (CsvParseException | UncheckedIOException | IOException e) {
            report(export, "", "cannot be read to its end: %s", e);
        }
        for (Confirmation confirmation : confirmations.all()) {
            boolean before =
                    confirmation.activity().equals(export.activity()) && confirmation.at() + GRACE_MILLIS < export.at();
            if (before && !tickets.contains(confirmation.ticket())) {
                report(
                        export,
                        confirmation.user(),
                        "ticket %s is missing, though it was confirmed %d ms before",
                        confirmation.ticket(),
                        export.at() - confirmation.at());
            }
        }
    }

    private void check(Exchange export, NamedCsvRecord row) {
        String ticket = row.getField("ticket_id");
        String user = row.getField("user_id");
        Holding holding = fold.holding(export.activity(), user, ticket);
        if (holding == null) {
            report(export, user, "ticket %s is there, which the log has not granted to this user", ticket);
            return;
        }
        String code = codes.code(export.activity(), holding.sequence());
        boolean same = row.getField("sequence").equals(Integer.toString(holding.sequence()))
                && row.getField("code").equals(code);
        if (!same) {
            report(
                    export,
                    user,
                    "ticket %s is expected as sequence %d with code %s, but is sequence %s with %s",
                    ticket,
                    holding.sequence(),
                    code,
                    row.getField("sequence"),
                    row.getField("code"));
        }
    }

    private void report(Exchange export, String user, String sentence, Object... args) {
        Object file = Path.of(export.note()).getFileName();
        violations.add(
                Promise.EXPORT, export.activity(), user, Violation.NONE, file + ": " + String.format(sentence, args));
    }
}
