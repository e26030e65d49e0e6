package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.CodeUpload;
import dev.dibs.standalone.operator.ImportBar;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Codes on their way into a running server. */
@Command(
        name = "codes",
        description = "Imports codes into an activity of a running server, and shows how far imports are.",
        synopsisSubcommandLabel = "(import | status)")
final class CodesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: import or status");
    }

    @Command(
            name = "import",
            description = "Imports a CSV file, also while the sale goes on.",
            footer = {"", "Importing the same file again changes nothing. A file with a bad row is not imported at all."
            })
    int importCodes(
            @Mixin ServerOptions server,
            @Option(names = "--activity", paramLabel = "ID", required = true, description = "into which activity")
                    String activityId,
            @Option(names = "--no-wait", description = "return when the file is there; 'codes status' says the rest")
                    boolean noWait,
            @Parameters(paramLabel = "FILE", description = "the codes as CSV, header: code,ticket") Path csv) {
        CodeUpload.requireFile(csv);
        CodeUpload upload = new CodeUpload(server.operator());
        if (noWait) {
            console()
                    .line(
                            "import %s goes on",
                            upload.begin(activityId, csv).path("job").asString());
            return 0;
        }
        console().line(summary(upload.complete(activityId, csv)));
        return 0;
    }

    @Command(name = "status", description = "Shows how far the imports into an activity are, the latest first.")
    int status(
            @Mixin ServerOptions server,
            @Option(names = "--activity", paramLabel = "ID", required = true, description = "of which activity")
                    String activityId,
            @Option(names = "--json", description = "as the server answers it") boolean json,
            @Parameters(paramLabel = "IMPORT", arity = "0..1", description = "only this job or import") String name) {
        CodeUpload upload = new CodeUpload(server.operator());
        JsonNode answer = name == null ? upload.jobs(activityId) : upload.job(activityId, name);
        if (json) {
            console().line(answer.toString());
        } else if (name == null) {
            for (JsonNode job : answer.path("list")) {
                console().line(summary(job));
            }
        } else {
            console().line(summary(answer));
        }
        return 0;
    }

    private Console console() {
        return new Console(spec.commandLine().getOut());
    }

    private static String summary(JsonNode job) {
        String begin = job.path("job").asString() + " of "
                + Instant.ofEpochSecond(job.path("startedAt").asLong()) + ": ";
        if (job.path("stage").asString("").equals("DONE")) {
            return begin
                    + (job.path("added").asBoolean()
                            ? "%d codes imported, numbers %d to %d"
                                    .formatted(
                                            job.path("to").asLong()
                                                    - job.path("from").asLong(),
                                            job.path("from").asLong(),
                                            job.path("to").asLong() - 1)
                            : "nothing new, this file has been imported before");
        }
        if (!job.path("finishedAt").isNull()) {
            return begin + job.path("detail").asString("");
        }
        return begin
                + (job.path("stalled").asBoolean()
                        ? "its server is gone; import the file again to finish it"
                        : "%s, %d %%".formatted(job.path("stage").asString(""), ImportBar.percent(job)));
    }
}
