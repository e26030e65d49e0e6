package dev.dibs.standalone.operator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The server refused an operator's call (RFC 9457). The message says why in one line; rows are listed beside it. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A bad row of a CSV file.
     *
     * @param row line of the file, from 1
     * @param column empty where the whole row is meant
     */
    public record BadRow(long row, String column, String message) {}

    private final int status;
    private final transient List<BadRow> rows;
    private final long badRows;

    RefusedException(int status, String message, List<BadRow> rows, long badRows) {
        super(message);
        this.status = status;
        this.rows = List.copyOf(rows);
        this.badRows = Math.max(badRows, listedRows());
    }

    /** @param problem as the server has put it (RFC 9457) */
    static RefusedException of(int status, JsonNode problem) {
        String title = problem.path("title").asString("");
        String detail = problem.path("detail").asString(problem.path("message").asString(""));
        String message = detail.isEmpty() ? title : detail;
        return new RefusedException(
                status,
                message.isEmpty() ? "HTTP " + status : message,
                rows(problem.path("rows")),
                problem.path("badRows").asLong(0));
    }

    static List<BadRow> rows(JsonNode list) {
        List<BadRow> rows = new ArrayList<>();
        for (JsonNode row : list) {
            rows.add(new BadRow(
                    row.path("row").asLong(0),
                    row.path("column").asString(""),
                    row.path("message").asString("")));
        }
        return rows;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** What is wrong with the first bad rows; of one row there may be several. */
    public List<BadRow> rows() {
        return rows;
    }

    /** How many different rows that is. */
    public long listedRows() {
        return rows.stream().mapToLong(BadRow::row).distinct().count();
    }

    /** How many rows are bad in all. */
    public long badRows() {
        return badRows;
    }
}
