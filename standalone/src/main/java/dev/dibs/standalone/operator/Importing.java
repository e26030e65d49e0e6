package dev.dibs.standalone.operator;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** An activity and its codes on their way into a server: the same for the operator's command and for the demo. */
public final class Importing {
    private final OperatorClient operator;
    private final Console console;

    public Importing(OperatorClient operator, Console console) {
        this.operator = operator;
        this.console = console;
    }

    /** @param file to name in complaints */
    public void activity(ActivityFile activity, Path file) {
        try {
            JsonNode created = operator.create(activity.contentType(), activity.content());
            console.line(
                    "activity %s \"%s\": open from %s to %s, %d per user",
                    activity.id(),
                    created.path("name").asString(""),
                    Instant.ofEpochSecond(created.path("start_time").asLong()),
                    Instant.ofEpochSecond(created.path("end_time").asLong()),
                    created.path("limit_per_user").asInt());
        } catch (RefusedException e) {
            throw complaint(file, e);
        }
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
