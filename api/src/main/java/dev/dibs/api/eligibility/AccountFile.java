package dev.dibs.api.eligibility;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.dibs.api.operations.BadRows;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.ids.UserId;
import dev.dibs.ledger.Fingerprint;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * Reads a CSV file of accounts as it arrives; of each row only the fingerprint is kept. Blocks. What is wrong with a row
 * is told without what stands in it.
 */
final class AccountFile {
    private static final String ACCOUNT = "account";
    /** Far longer than any sound row; a quotation that never ends is noticed here and not at the end of the file. */
    private static final int MAX_FIELD_CHARS = 64 * 1024;

    private static final int[] UTF_8_BOM = {0xEF, 0xBB, 0xBF};

    private final int maxAccounts;
    private final BadRows bad = new BadRows();
    private final AccountCollector accounts = new AccountCollector();
    private long line = 1;

    private AccountFile(int maxAccounts) {
        this.maxAccounts = maxAccounts;
    }

    /**
     * What a file has come to.
     *
     * @param rows behind the header, those that name an account once more among them
     */
    record Read(int rows, AccountSet accounts) {}

    /** @throws ProblemException where there is a bad row, or too many rows */
    static Read read(InputStream bytes, int maxAccounts) throws IOException {
        return new AccountFile(maxAccounts).read(bytes);
    }

    private Read read(InputStream bytes) throws IOException {
        InputStream buffered = new BufferedInputStream(bytes);
        skipBom(buffered);
        // Accounts are ASCII. So no byte is beyond this decoder, and one that does not belong there has its row.
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .maxBufferSize(MAX_FIELD_CHARS)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(new InputStreamReader(buffered, StandardCharsets.ISO_8859_1))) {
            rows(reader.iterator());
        } catch (CsvParseException e) {
            // The parser's own words quote the file.
            bad.add(
                    line,
                    "",
                    "behind this row is no CSV: a quotation does not end, something follows its end, or a field is far "
                            + "too long; the rows from there on were not looked at");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (bad.count() > 0) {
            throw new ProblemException(problem());
        }
        return new Read(accounts.added(), accounts.toSet());
    }

    private void rows(Iterator<CsvRecord> records) {
        if (!records.hasNext() || !isHeader(records.next())) {
            bad.add(1, ACCOUNT, "the file must begin with a header that names this one column");
            return;
        }
        int rows = 0;
        while (records.hasNext()) {
            CsvRecord row = records.next();
            line = row.getStartingLineNumber();
            if (++rows > maxAccounts) {
                throw new ProblemException(Problem.tooLarge("A list", maxAccounts, "rows"));
            }
            row(row.getFields());
        }
        if (rows == 0) {
            bad.add(1, "", "there are no accounts behind the header; to keep everybody out, pause the activity");
        }
    }

    private static boolean isHeader(CsvRecord record) {
        return record.getFields().equals(List.of(ACCOUNT));
    }

    private void row(List<String> fields) {
        if (fields.size() != 1) {
            bad.add(line, "", "has %d fields, the header has 1".formatted(fields.size()));
            return;
        }
        try {
            accounts.add(Fingerprint.of(new UserId(fields.get(0)).value()));
        } catch (IllegalArgumentException e) {
            bad.add(
                    line,
                    ACCOUNT,
                    "must have 1 to 64 characters, letters, digits and . _ @ - only, the first a letter or digit");
        }
    }

    private Problem problem() {
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "bad-rows",
                        "%d bad row%s; the list is as it was".formatted(bad.count(), bad.count() == 1 ? "" : "s"))
                .with("badRows", bad.count())
                .with("rows", bad.first());
    }

    private static void skipBom(InputStream bytes) throws IOException {
        bytes.mark(UTF_8_BOM.length);
        for (int expected : UTF_8_BOM) {
            if (bytes.read() != expected) {
                bytes.reset();
                return;
            }
        }
    }
}
