package dev.dibs.api.operations;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CSV file of codes, read row by row. Blocks; not for an event loop. */
final class CodeFile implements Closeable {
    static final String CODE = "code";
    static final String TICKET = "ticket";

    /** Far longer than any sound row; a quotation that never ends is noticed here and not at the end of the file. */
    private static final int MAX_FIELD_CHARS = 64 * 1024;

    private static final String NOT_UTF_8 = "is not UTF-8";
    private static final Pattern BEGINS_AT = Pattern.compile("record starting at line (\\d+)\\)");
    private static final int[] UTF_8_BOM = {0xEF, 0xBB, 0xBF};

    /**
     * @param line of the file where the row begins, from 1
     * @param ticket null where the file has no such column
     * @param fault what is wrong with the row as a row, or null; then there is neither code nor ticket
     */
    record Row(long line, String code, String ticket, BadRow fault) {
        private static Row faulty(long line, String column, String message) {
            return new Row(line, null, null, new BadRow(line, column, message));
        }

        @Override
        public String toString() {
            return "Row[line=" + line + "]";
        }
    }

    /** The file cannot be read on from here. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<BadRow> faults;

        MalformedException(List<BadRow> faults) {
            super(faults.get(0).message(), null, false, false);
            this.faults = List.copyOf(faults);
        }

        List<BadRow> faults() {
            return faults;
        }
    }

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final int columns;
    private final int codeColumn;
    private final int ticketColumn;
    private long lastLine;

    private CodeFile(CsvReader<CsvRecord> reader) throws IOException, MalformedException {
        this.reader = reader;
        this.records = reader.iterator();
        CsvRecord header = nextRecord();
        if (header == null) {
            throw new MalformedException(
                    List.of(new BadRow(1, "", "the file is empty; it must begin with 'code,ticket'")));
        }
        List<String> names = header.getFields();
        checkHeader(header.getStartingLineNumber(), names);
        this.columns = names.size();
        this.codeColumn = names.indexOf(CODE);
        this.ticketColumn = names.indexOf(TICKET);
    }

    static CodeFile open(Path path) throws IOException, MalformedException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
        try {
            skipBom(bytes);
            // No byte is beyond this decoder; whether they are UTF-8 is looked at field by field, so that it has its
            // row.
            CsvReader<CsvRecord> reader = CsvReader.builder()
                    .maxBufferSize(MAX_FIELD_CHARS)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
            return new CodeFile(reader);
        } catch (IOException | MalformedException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    boolean hasTicketColumn() {
        return ticketColumn >= 0;
    }

    /** The next row, or null behind the last one. */
    Row next() throws IOException, MalformedException {
        CsvRecord record = nextRecord();
        if (record == null) {
            return null;
        }
        long line = record.getStartingLineNumber();
        if (record.getFieldCount() != columns) {
            return Row.faulty(line, "", "has %d fields, the header has %d".formatted(record.getFieldCount(), columns));
        }
        String code = utf8(record.getField(codeColumn));
        if (code == null) {
            return Row.faulty(line, CODE, NOT_UTF_8);
        }
        String ticket = ticketColumn < 0 ? null : utf8(record.getField(ticketColumn));
        return ticketColumn >= 0 && ticket == null
                ? Row.faulty(line, TICKET, NOT_UTF_8)
                : new Row(line, code, ticket, null);
    }

    /** Null where the bytes, each of which is a character here, are not UTF-8. */
    private static String utf8(String bytes) {
        if (bytes.chars().allMatch(b -> b < 0x80)) {
            return bytes;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private CsvRecord nextRecord() throws IOException, MalformedException {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord record = records.next();
            lastLine = record.getStartingLineNumber();
            return record;
        } catch (CsvParseException e) {
            // The parser's own words quote the file, and that may be a code.
            Matcher line = BEGINS_AT.matcher(e.getMessage());
            throw malformed(
                    line.find() ? Long.parseLong(line.group(1)) : lastLine + 1,
                    "is not CSV: a quotation does not end, something follows its end, or a field is far too long; "
                            + "the rows behind it were not looked at");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static MalformedException malformed(long line, String message) {
        return new MalformedException(List.of(new BadRow(line, "", message)));
    }

    private static void checkHeader(long line, List<String> names) throws MalformedException {
        List<BadRow> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = utf8(names.get(i));
            if (name == null) {
                faults.add(new BadRow(line, "", "column %d: %s".formatted(i + 1, NOT_UTF_8)));
            } else if (!name.equals(CODE) && !name.equals(TICKET)) {
                // Not by its name: a file without a header begins with a code.
                faults.add(new BadRow(
                        line, "", "column %d: the header may only name 'code' and 'ticket'".formatted(i + 1)));
            } else if (!seen.add(name)) {
                faults.add(new BadRow(line, name, "the header names this column twice"));
            }
        }
        if (!seen.contains(CODE)) {
            faults.add(new BadRow(line, CODE, "the header must name this column"));
        }
        if (!faults.isEmpty()) {
            throw new MalformedException(faults);
        }
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
