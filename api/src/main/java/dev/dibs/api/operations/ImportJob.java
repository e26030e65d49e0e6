package dev.dibs.api.operations;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.ImportId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An upload of codes as operators see it.
 *
 * @param importId null until the whole file is there: it is made from the content
 * @param startedAt epoch milliseconds
 * @param updatedAt epoch milliseconds, when this was so
 * @param finishedAt epoch milliseconds, 0 before
 */
record ImportJob(
        String job,
        ActivityId activityId,
        ImportId importId,
        Stage stage,
        Counts counts,
        Result result,
        long startedAt,
        long updatedAt,
        long finishedAt) {
    static final int UNKNOWN = -1;

    /** An instance tells of its jobs every second; one that has been silent for so long is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** In this order. */
    enum Stage {
        /** The file comes in. */
        RECEIVING,
        /** It is read row by row. */
        CHECKING,
        /** Its codes are compared with all that were imported before. */
        COMPARING,
        /** Its codes become its own. */
        CLAIMING,
        STORING,
        /** All is stored; the log takes the stock, and the servers that sell follow. */
        ADDING,
        DONE,
        /** Nothing was imported, and the result says why. */
        REFUSED,
        /** Something that it needs did not answer; repeating it goes on where it was. */
        FAILED;

        boolean isLast() {
            return compareTo(DONE) >= 0;
        }
    }

    /** {@link #UNKNOWN} where it is not known, or not yet. */
    record Counts(long bytes, long bytesExpected, int rows, int read, int compared, int claimed, int stored) {}

    /**
     * How it ended.
     *
     * @param report what it has added, or null
     * @param problem the kind of problem, or null
     * @param detail empty where there is no problem
     * @param badRows how many rows are bad
     * @param errors what is wrong with the first of them; one row may have several
     */
    record Result(ImportReport report, String problem, String detail, long badRows, List<BadRow> errors) {
        static final Result NONE = new Result(null, null, "", 0, List.of());

        Result {
            errors = List.copyOf(errors);
        }

        static Result of(Problem problem) {
            // What is put there by CodeImports.
            Object rows = problem.members().get("rows");
            List<BadRow> errors = rows instanceof List<?> list
                    ? list.stream().map(BadRow.class::cast).toList()
                    : List.of();
            Object count = problem.members().get("badRows");
            return new Result(null, problem.kind(), problem.detail(), count instanceof Long bad ? bad : 0, errors);
        }
    }

    boolean isStalled(long nowMillis) {
        return !stage.isLast() && nowMillis - updatedAt > SILENCE.toMillis();
    }

    Map<String, Object> render(long nowMillis) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("job", job);
        json.put("activityId", activityId.value());
        json.put("importId", importId == null ? null : importId.value());
        json.put("stage", stage.name());
        json.put("stalled", isStalled(nowMillis));
        json.put("bytes", counts.bytes);
        json.put("bytesExpected", known(counts.bytesExpected));
        json.put("rows", known(counts.rows));
        json.put("rowsRead", counts.read);
        json.put("rowsCompared", counts.compared);
        json.put("rowsClaimed", counts.claimed);
        json.put("rowsStored", counts.stored);
        json.put("startedAt", startedAt / 1_000);
        json.put("updatedAt", updatedAt / 1_000);
        json.put("finishedAt", finishedAt == 0 ? null : finishedAt / 1_000);
        ImportReport report = result.report;
        json.put("from", report == null ? null : report.from());
        json.put("to", report == null ? null : report.to());
        json.put("added", report == null ? null : report.added());
        json.put("problem", result.problem);
        json.put("detail", result.detail);
        json.put("badRows", result.badRows);
        json.put("errors", result.errors);
        return json;
    }

    private static Long known(long count) {
        return count == UNKNOWN ? null : count;
    }
}
