package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.ActivityFile;
import dev.dibs.standalone.operator.CodeUpload;
import dev.dibs.standalone.operator.CodesBeforehand;
import dev.dibs.standalone.operator.Importing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Brings an activity and its codes into a running server. */
@Command(
        name = "import",
        description = "Creates an activity from a YAML file and imports its codes from a CSV file.",
        footer = {
            "",
            "Importing the same files again changes nothing. Of files with a bad row nothing is"
                    + " imported, not even the activity. That another activity has one of the codes only the server sees:"
                    + " then there is a draft without codes, and the command goes on with it when it is repeated. With --starts-in or --lasts a repeated command goes on with the draft"
                    + " of the first, and with its window, unless that has begun or has another length."
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Option(names = "--activity", paramLabel = "FILE", required = true, description = "the activity as YAML")
    private Path activity;

    @Option(names = "--codes", paramLabel = "FILE", description = "its codes as CSV, header: code,ticket")
    private Path codes;

    @Option(names = "--publish", description = "show it to buyers afterwards")
    private boolean publish;

    @Option(
            names = "--starts-in",
            paramLabel = "TIME",
            description = "open the sale so long from now, such as 10s, whatever the file says")
    private Duration startsIn;

    @Option(
            names = "--lasts",
            paramLabel = "TIME",
            description = "end the sale so long after its start, such as 10m, whatever the file says")
    private Duration lasts;

    @Override
    public Integer call() {
        if (lasts != null && lasts.toSeconds() < 1) {
            throw new ParameterException(spec.commandLine(), "--lasts must be at least 1s");
        }
        if (codes != null) {
            CodeUpload.requireFile(codes);
        }
        Optional<Instant> start = Optional.ofNullable(startsIn).map(Instant.now()::plus);
        ActivityFile file = ActivityFile.read(activity);
        if (codes != null) {
            CodesBeforehand.check(file, codes);
        }
        Importing importing =
                new Importing(server.operator(), new Console(spec.commandLine().getOut()));
        importing.activity(file, activity, start, Optional.ofNullable(lasts));
        if (codes != null) {
            importing.codes(file.id(), codes);
        }
        if (publish) {
            importing.publish(file.id());
        }
        return 0;
    }
}
