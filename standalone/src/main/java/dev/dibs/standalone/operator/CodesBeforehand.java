package dev.dibs.standalone.operator;

import dev.dibs.api.operations.BadRow;
import dev.dibs.api.operations.BadRows;
import dev.dibs.api.operations.CodeFiles;
import dev.dibs.ids.TicketKind;
import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks through a file of codes before its activity is created. The server looks as well, but only when there is an
 * activity, and a file that it then refuses would leave a draft without codes behind.
 */
public final class CodesBeforehand {
    private CodesBeforehand() {}

    /** @throws ProblemException with the bad rows, in the words that the server has for them */
    public static void check(ActivityFile activity, Path codes) {
        List<TicketKind> kinds = kinds(activity);
        if (kinds.isEmpty()) {
            // The server refuses such an activity, and then nothing is left behind either.
            return;
        }
        BadRows bad = badRows(codes, kinds);
        if (bad.count() > 0) {
            throw Importing.complaint(
                    codes, new RefusedException(0, message(bad.count()), rows(bad.first()), bad.count()));
        }
    }

    private static List<TicketKind> kinds(ActivityFile activity) {
        try {
            return activity.kinds().stream().map(TicketKind::new).toList();
        } catch (IllegalArgumentException e) {
            // What a kind may be called is for the server to judge.
            return List.of();
        }
    }

    private static BadRows badRows(Path codes, List<TicketKind> kinds) {
        try {
            return CodeFiles.badRows(codes, kinds);
        } catch (IOException e) {
            throw new ProblemException(codes + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String message(long count) {
        return count + (count == 1 ? " bad row" : " bad rows") + "; neither the activity nor its codes were imported";
    }

    private static List<RefusedException.BadRow> rows(List<BadRow> first) {
        return first.stream()
                .map(row -> new RefusedException.BadRow(row.row(), row.column(), row.message()))
                .toList();
    }
}
