package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the results of an activity to a file. */
@Command(
        name = "export",
        description = "Writes the results of an activity as CSV. The file appears when it is complete.")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Option(names = "--activity", paramLabel = "ID", required = true, description = "whose results")
    private String activityId;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            defaultValue = "results.csv",
            description = "where to (default: ${DEFAULT-VALUE})")
    private Path file;

    @Override
    public Integer call() throws IOException {
        try {
            server.operator().export(activityId, file);
        } catch (RefusedException e) {
            throw new ProblemException(activityId + " cannot be exported: " + e.getMessage(), e);
        }
        new Console(spec.commandLine().getOut())
                .line("%s: %,d bytes", file.toAbsolutePath().normalize(), Files.size(file));
        return 0;
    }
}
