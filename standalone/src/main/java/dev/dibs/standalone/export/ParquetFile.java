package dev.dibs.standalone.export;

import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.ExportManifest;
import dev.dibs.standalone.console.ProblemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A CSV as Parquet, by DuckDB in this process: sequences and offsets are integers, times timestamps in UTC, what is empty
 * is null. It streams; its memory is bounded beside the heap.
 */
final class ParquetFile {
    /** It reads and writes with one thread, in the order of the rows, so that the same CSV gives the same file. */
    private static final List<String> SETTINGS = List.of(
            "SET threads = 1",
            "SET memory_limit = '256MB'",
            "SET preserve_insertion_order = true",
            "SET autoinstall_known_extensions = false");

    private ParquetFile() {}

    /** @throws ProblemException where it cannot be written, or has not all rows */
    static void write(Path csv, ExportLayout layout, ExportManifest manifest, Path parquet) {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:", new Properties());
                Statement statement = duckdb.createStatement()) {
            for (String setting : SETTINGS) {
                statement.execute(setting);
            }
            // Into the file that is there: another one in its place would be for everybody to read, codes and all.
            statement.execute(("COPY (SELECT %s FROM %s) TO %s"
                            + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, KV_METADATA {%s})")
                    .formatted(
                            columns(layout, ParquetFile::value),
                            source(csv, layout),
                            quoted(parquet.toString()),
                            metadata(manifest)));
            requireRows(statement, parquet, manifest.rows());
        } catch (SQLException e) {
            throw new ProblemException("the Parquet file could not be written: " + e.getMessage(), e);
        }
    }

    private static String source(Path csv, ExportLayout layout) {
        return "read_csv(%s, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', new_line = '\\r\\n',"
                        .formatted(quoted(csv.toString()))
                + " auto_detect = false, parallel = false, columns = {"
                + columns(layout, column -> "'" + column.label() + "': 'VARCHAR'") + "})";
    }

    private static String value(ExportColumn column) {
        String name = column.label();
        return switch (column) {
            case SEQUENCE -> "CAST(" + name + " AS INTEGER) AS " + name;
            case GRAB_OFFSET, STATE_OFFSET -> "CAST(" + name + " AS BIGINT) AS " + name;
            case GRABBED_AT, REDEEMED_AT, REVOKED_AT -> "CAST(" + name + " AS TIMESTAMPTZ) AS " + name;
            default -> name;
        };
    }

    private static String columns(ExportLayout layout, java.util.function.Function<ExportColumn, String> each) {
        return layout.columns().stream().map(each).collect(Collectors.joining(", "));
    }

    /** So that the file says of itself where it comes from. */
    private static String metadata(ExportManifest manifest) {
        return "activity: %s, log_position: %s, schema_version: '%d', csv_sha256: %s"
                .formatted(
                        quoted(manifest.activityId().value()),
                        quoted(manifest.position().toString()),
                        ExportManifest.SCHEMA_VERSION,
                        quoted(manifest.sha256()));
    }

    private static void requireRows(Statement statement, Path parquet, long rows) throws SQLException {
        try (ResultSet count =
                statement.executeQuery("SELECT count(*) FROM read_parquet(%s)".formatted(quoted(parquet.toString())))) {
            count.next();
            if (count.getLong(1) != rows) {
                throw new ProblemException(
                        "the Parquet file has %,d rows, but there are %,d".formatted(count.getLong(1), rows));
            }
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
