package dev.dibs.standalone;

import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.ExportManifest;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.export.ExportFormat;
import dev.dibs.standalone.export.ExportQuery;
import dev.dibs.standalone.export.ResultsFile;
import dev.dibs.standalone.operator.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the results of an activity to a file. */
@Command(
        name = "export",
        description =
                "Writes the results of an activity to a file, and a manifest beside it: the same position of the log"
                        + " gives the same rows, whenever it is asked for. Goes on by itself where the connection breaks. Both"
                        + " appear when everything has been received and checked.",
        footer = {
            "",
            "Columns: sequence, ticket_id, user_id, ticket, code, grabbed_at, redeemed_at, revoked_at (these if none are"
                    + " chosen), and state, grab_offset, state_offset.",
            "Exit code 0 only if the file is whole."
        })
final class ExportCommand implements Callable<Integer> {
    /** As long as a server lets a request wait. */
    private static final Duration MOST_WAIT = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Option(names = "--activity", paramLabel = "ID", required = true, description = "whose results")
    private String activityId;

    @Option(names = "--to", paramLabel = "FILE", description = "where to (default: results.csv, or as --format is)")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, csv.gz or parquet (default: as the name of the file ends; csv where it has no ending)")
    private String format;

    @Option(
            names = "--position",
            paramLabel = "P:OFFSET",
            description = "as of which position of the log, as an earlier manifest has it (default: the present one)")
    private String position;

    @Option(names = "--columns", paramLabel = "A,B,C", description = "which columns, in this order")
    private String columns;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "only tickets in this state at the position: granted, redeemed, revoked, or several with commas")
    private String state;

    @Option(names = "--from-sequence", paramLabel = "N", description = "only from this sequence on")
    private String fromSequence;

    @Option(names = "--to-sequence", paramLabel = "N", description = "only before this sequence")
    private String toSequence;

    @Option(
            names = "--grabbed-from",
            paramLabel = "TIME",
            description = "only what was grabbed at this time or later, such as 2026-11-26T19:00:00Z")
    private String grabbedFrom;

    @Option(names = "--grabbed-to", paramLabel = "TIME", description = "only what was grabbed before this time")
    private String grabbedTo;

    @Option(names = "--bom", description = "begin with a byte order mark, by which some spreadsheets know UTF-8")
    private boolean bom;

    @Option(
            names = "--raw",
            description = "leave fields that a spreadsheet would take for a formula as they are: for programs only;"
                    + " always so in Parquet")
    private boolean raw;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "how long the results may take to be as far as the position, 0s to 60s"
                    + " (default: ${DEFAULT-VALUE})")
    private Duration wait;

    @Override
    public Integer call() {
        ExportFormat stored = format();
        Path target = file == null ? Path.of("results." + stored.label()) : file;
        ExportQuery query = query(stored);
        Console console = new Console(spec.commandLine().getOut());
        try {
            ExportManifest manifest = new ResultsFile(server.operator(), query, console::line).write(target, stored);
            console.line(
                    "%s: %,d rows, %,d bytes as of %s, all there",
                    target.toAbsolutePath().normalize(),
                    manifest.rows(),
                    manifest.file().bytes(),
                    manifest.position());
            console.line("sha256 %s, told in %s", manifest.file().sha256(), ResultsFile.manifestOf(target));
            return 0;
        } catch (RefusedException e) {
            throw new ProblemException(activityId + " cannot be exported: " + e.getMessage(), e);
        }
    }

    private ExportFormat format() {
        if (format != null) {
            return parsed("--format", format, ExportFormat::of);
        }
        return file == null
                ? ExportFormat.CSV
                : parsed("--to", file.toString(), name -> ExportFormat.ofName(Path.of(name)));
    }

    private ExportQuery query(ExportFormat stored) {
        boolean parquet = stored == ExportFormat.PARQUET;
        if (parquet && bom) {
            throw new ParameterException(spec.commandLine(), "--bom is for CSV; a Parquet file has no such thing");
        }
        ExportLayout layout = new ExportLayout(
                columns == null ? ExportColumn.DEFAULT : parsed("--columns", columns, ExportColumn::list),
                bom,
                !raw && !parquet);
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "position", position);
        put(parameters, "state", state);
        put(parameters, "fromSequence", fromSequence);
        put(parameters, "toSequence", toSequence);
        put(parameters, "grabbedFrom", grabbedFrom);
        put(parameters, "grabbedTo", grabbedTo);
        put(parameters, "waitSeconds", Long.toString(waitSeconds()));
        return new ExportQuery(activityId, layout, parameters);
    }

    private long waitSeconds() {
        if (wait.compareTo(MOST_WAIT) > 0) {
            throw new ParameterException(spec.commandLine(), "--wait: must be a time from 0s to 60s");
        }
        // The server counts whole seconds, and less than one is not none.
        return wait.plusMillis(999).toSeconds();
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private <T> T parsed(String option, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage());
        }
    }
}
