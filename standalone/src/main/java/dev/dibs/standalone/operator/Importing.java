package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An activity and its codes on their way into a server: the same for the operator's command and for the demo. */
public final class Importing {
    private static final int CONFLICT = 409;

    private final OperatorClient operator;
    private final Console console;

    public Importing(OperatorClient operator, Console console) {
        this.operator = operator;
        this.console = console;
    }

    /** @param file to name in complaints */
    public void activity(ActivityFile activity, Path file) {
        try {
            tell(activity.id(), operator.create(activity.contentType(), activity.content()));
        } catch (RefusedException e) {
            throw complaint(file, e);
        }
    }

    /**
     * Likewise of a file whose window may be counted from now. Then a repeated command has another window than the
     * first: it goes on with the draft that the first has left, if nothing but the window differs, and that still is what
     * was asked for: not begun, and as long.
     *
     * @param read as the file has it
     * @param file to name in complaints
     * @param start as in {@link ActivityFile#within}
     * @param lasts likewise
     */
    public void activity(ActivityFile read, Path file, Optional<Instant> start, Optional<Duration> lasts) {
        ActivityFile wanted = read.within(file, start, lasts);
        try {
            tell(wanted.id(), operator.create(wanted.contentType(), wanted.content()));
        } catch (RefusedException e) {
            boolean counted = start.isPresent() || lasts.isPresent();
            if (e.status() != CONFLICT || !counted || !goesOnWithDraft(read, file, start, lasts, e)) {
                throw complaint(file, e);
            }
        }
    }

    /** Whether the two are alike the server judges: it is asked for the file with the window of the draft. */
    private boolean goesOnWithDraft(
            ActivityFile read,
            Path file,
            Optional<Instant> start,
            Optional<Duration> lasts,
            RefusedException conflict) {
        JsonNode draft = operator.activity(read.id());
        Instant from = Instant.ofEpochSecond(draft.path("start_time").asLong());
        Instant to = Instant.ofEpochSecond(draft.path("end_time").asLong());
        if (!draft.path("state").asString("").equals("DRAFT")) {
            return false;
        }
        Duration length = Duration.between(from, to);
        if (!from.isAfter(Instant.now()) || lasts.isPresent() && lasts.get().toSeconds() != length.toSeconds()) {
            throw new ProblemException(
                    "%s; it is a draft that is open from %s to %s, which 'dibs activity change' moves"
                            .formatted(complaint(file, conflict).getMessage(), from, to),
                    conflict);
        }
        ActivityFile same = read.within(file, start.map(now -> from), lasts.map(given -> length));
        try {
            JsonNode kept = operator.create(same.contentType(), same.content());
            console.line(
                    "activity %s: its draft is there already and keeps its window; 'dibs activity change' moves it",
                    read.id());
            tell(read.id(), kept);
            return true;
        } catch (RefusedException e) {
            if (e.status() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private void tell(String id, JsonNode created) {
        console.line(
                "activity %s \"%s\": open from %s to %s, %d per user",
                id,
                created.path("name").asString(""),
                Instant.ofEpochSecond(created.path("start_time").asLong()),
                Instant.ofEpochSecond(created.path("end_time").asLong()),
                created.path("limit_per_user").asInt());
    }

    /** Watches the import instead of waiting for its answer: of a million codes no proxy on the way has the patience. */
    public void codes(String activityId, Path csv) {
        JsonNode imported = new CodeUpload(operator).complete(activityId, csv);
        if (imported.path("added").asBoolean()) {
            long from = imported.path("from").asLong();
            long to = imported.path("to").asLong();
            console.line("codes: %,d imported, numbers %,d to %,d", to - from, from, to - 1);
        } else {
            console.line("codes: nothing new, this file has been imported before");
        }
    }

    public void publish(String activityId) {
        try {
            operator.publish(activityId, reason -> console.line("not yet, and asked again: %s", reason));
            console.line("published");
        } catch (RefusedException e) {
            throw new ProblemException(activityId + " cannot be published: " + e.getMessage(), e);
        }
    }

    static ProblemException complaint(Path file, RefusedException e) {
        StringBuilder text = new StringBuilder(file + ": " + e.getMessage());
        for (RefusedException.BadRow row : e.rows()) {
            text.append(System.lineSeparator())
                    .append("  row ")
                    .append(row.row())
                    .append(row.column().isEmpty() ? "" : ", column " + row.column())
                    .append(": ")
                    .append(row.message());
        }
        long others = e.badRows() - e.listedRows();
        if (others > 0) {
            text.append(System.lineSeparator())
                    .append("  and ")
                    .append(others)
                    .append(others == 1 ? " more row" : " more rows");
        }
        return new ProblemException(text.toString(), e);
    }
}
