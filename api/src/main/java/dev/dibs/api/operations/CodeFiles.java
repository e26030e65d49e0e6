package dev.dibs.api.operations;

import dev.dibs.ids.TicketKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The look through a file of codes with which an import begins, for whoever holds the file before there is an activity:
 * a bad file must not leave an activity behind. Whether another activity has one of the codes only the import can see.
 */
public final class CodeFiles {
    private CodeFiles() {}

    /**
     * Reads the file row by row; blocks. About 50 bytes are kept for each code, of at most a million of them.
     *
     * @param kinds of the activity's tickets, at least one
     * @return the rows that an import would refuse
     * @throws IOException if the file cannot be read
     */
    public static BadRows badRows(Path file, List<TicketKind> kinds) throws IOException {
        try {
            return FileCheck.check(file, kinds, ImportLimits.MAX_ROWS).bad();
        } catch (ProblemException e) {
            BadRows tooMany = new BadRows();
            tooMany.add(ImportLimits.MAX_ROWS + 2L, "", e.getMessage());
            return tooMany;
        }
    }
}
