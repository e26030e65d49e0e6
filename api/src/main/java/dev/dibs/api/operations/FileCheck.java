package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.TicketKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** Looks through a file of codes for everything that can be seen without asking anybody else. Blocks. */
final class FileCheck {
    private static final int MAX_CODE_CHARACTERS = 128;

    private final int maxRows;
    private final List<String> kinds;
    private final BadRows bad = new BadRows();
    private final CodeFingerprints codes = new CodeFingerprints();
    private TicketKind kind;

    private final IntConsumer progress;

    private FileCheck(List<String> kinds, int maxRows, IntConsumer progress) {
        this.progress = progress;
        this.maxRows = maxRows;
        this.kinds = kinds;
    }

    /** @throws ProblemException where the file has too many rows */
    static CheckedFile check(Path path, Activity activity, int maxRows, ImportProgress progress) throws IOException {
        List<String> kinds = activity.tickets().stream()
                .map(TicketType::kind)
                .map(TicketKind::value)
                .toList();
        return new FileCheck(kinds, maxRows, progress::read).check(path);
    }

    /** @throws ProblemException where the file has too many rows */
    static CheckedFile check(Path path, List<TicketKind> kinds, int maxRows) throws IOException {
        return new FileCheck(kinds.stream().map(TicketKind::value).toList(), maxRows, rows -> {}).check(path);
    }

    private CheckedFile check(Path path) throws IOException {
        try (CodeFile file = CodeFile.open(path)) {
            if (!file.hasTicketColumn() && kinds.size() > 1) {
                bad.add(1, CodeFile.TICKET, "the header must name this column: the activity has several tickets");
                return new CheckedFile(bad, codes, null);
            }
            int rows = 0;
            for (CodeFile.Row row = file.next(); row != null; row = file.next()) {
                if (++rows > maxRows) {
                    throw new ProblemException(Problem.tooLarge("A file of codes", maxRows, "rows"));
                }
                check(row);
                progress.accept(rows);
            }
            if (rows == 0) {
                bad.add(1, "", "there are no codes behind the header");
            }
        } catch (CodeFile.MalformedException e) {
            e.faults().forEach(fault -> bad.add(fault.row(), fault.column(), fault.message()));
        }
        return new CheckedFile(bad, codes, kind);
    }

    private void check(CodeFile.Row row) {
        if (row.fault() != null) {
            bad.add(row.line(), row.fault().column(), row.fault().message());
            return;
        }
        String codeFault = codeFault(row.code());
        boolean kindIsKnown = row.ticket() == null || kinds.contains(row.ticket());
        if (codeFault != null) {
            bad.add(row.line(), CodeFile.CODE, codeFault);
        }
        if (!kindIsKnown) {
            bad.add(row.line(), CodeFile.TICKET, "must be one of " + String.join(", ", kinds));
        }
        if (codeFault != null || !kindIsKnown) {
            return;
        }
        // A file of at most 256 MB has fewer lines than an int can count.
        int earlier = codes.add(row.code(), (int) row.line());
        if (earlier >= 0) {
            bad.add(row.line(), CodeFile.CODE, "is the code of row " + earlier + " already");
            return;
        }
        TicketKind rowKind = new TicketKind(row.ticket() == null ? kinds.get(0) : row.ticket());
        kind = kind == null || kind.equals(rowKind) ? rowKind : TicketKind.MIXED;
    }

    static TicketKind kindOf(CodeFile.Row row, Activity activity) {
        return row.ticket() == null ? activity.tickets().get(0).kind() : new TicketKind(row.ticket());
    }

    /** Null where the code is sound. */
    private static String codeFault(String code) {
        if (code.isEmpty()) {
            return "must not be empty";
        }
        if (code.codePointCount(0, code.length()) > MAX_CODE_CHARACTERS) {
            return "must have at most " + MAX_CODE_CHARACTERS + " characters";
        }
        if (isBlank(code.codePointAt(0)) || isBlank(code.codePointBefore(code.length()))) {
            return "must not begin or end with a blank";
        }
        if (!code.codePoints().allMatch(FileCheck::isPrintable)) {
            return "must hold printable characters only";
        }
        return null;
    }

    private static boolean isBlank(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** What cannot be seen cannot be typed at a door either. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
