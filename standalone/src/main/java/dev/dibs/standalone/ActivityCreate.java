package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.ActivityFile;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates a draft. */
@Command(
        name = "create",
        description = "Creates an activity from a YAML or JSON file, as a draft.",
        footer = {"", "Creating the same activity again changes nothing."})
final class ActivityCreate implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Parameters(paramLabel = "FILE", description = "the activity")
    private Path file;

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
        ActivityFile activity = ActivityFile.read(
                file, Optional.ofNullable(startsIn).map(Instant.now()::plus), Optional.ofNullable(lasts));
        new Importing(server.operator(), new Console(spec.commandLine().getOut())).activity(activity, file);
        return 0;
    }
}
