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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private static final Pattern BEGINS_AT = Pattern.compile("record starting at line (\\d+)\\)");
    private static final int[] UTF_8_BOM = {0xEF, 0xBB, 0xBF};

    /**
     * @param line of the file where the row begins, from 1
     * @param ticket null where the file has no such column
     * @param fault what is wrong with the row as a row, or null
     */
    record Row(long line, String code, String ticket, String fault) {
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

    private final Path path;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final int columns;
    private final int codeColumn;
    private final int ticketColumn;
    private long lastLine;

    private CodeFile(Path path, CsvReader<CsvRecord> reader) throws IOException, MalformedException {
        this.path = path;
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
            CsvReader<CsvRecord> reader = CsvReader.builder()
                    .maxBufferSize(MAX_FIELD_CHARS)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
            return new CodeFile(path, reader);
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
        if (record.getFieldCount() != columns) {
            String fault = "has %d fields, the header has %d".formatted(record.getFieldCount(), columns);
            return new Row(record.getStartingLineNumber(), null, null, fault);
        }
        String ticket = ticketColumn < 0 ? null : record.getField(ticketColumn);
        return new Row(record.getStartingLineNumber(), record.getField(codeColumn), ticket, null);
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
            if (e.getCause() instanceof CharacterCodingException) {
                throw malformed(lineOfBadBytes(), "is not UTF-8; the rows behind it were not looked at");
            }
            throw e.getCause();
        }
    }

    private static MalformedException malformed(long line, String message) {
        return new MalformedException(List.of(new BadRow(line, "", message)));
    }

    private static void checkHeader(long line, List<String> names) throws MalformedException {
        List<BadRow> faults = new ArrayList<>();
        Set<String> seen = new java.util.HashSet<>();
        for (String name : names) {
            if (!name.equals(CODE) && !name.equals(TICKET)) {
                // Not by its name: a file without a header begins with a code.
                faults.add(new BadRow(line, "", "the header may only name the columns 'code' and 'ticket'"));
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

    /** The decoder reads far ahead of the parser, so the place is looked for once it is known to exist. */
    private long lineOfBadBytes() throws IOException {
        long line = 1;
        try (InputStreamReader text =
                new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8.newDecoder())) {
            // One character at a time is what the decoder can be asked for without losing count of the lines.
            for (int c = text.read(); c >= 0; c = text.read()) {
                if (c == '\n') {
                    line++;
                }
            }
            return line;
        } catch (CharacterCodingException e) {
            return line;
        }
    }
}
