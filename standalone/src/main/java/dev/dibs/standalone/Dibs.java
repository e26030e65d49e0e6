package dev.dibs.standalone;

import dev.dibs.standalone.console.Logs;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. Parses, and tells in one line what is wrong; everything else is in the subcommands. */
@Command(
        name = "dibs",
        description = "Hands out a limited stock of tickets to a crowd that arrives all at once.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ImportCommand.class,
            ActivityCommand.class,
            CodesCommand.class,
            StatsCommand.class,
            ExportCommand.class,
            ReportCommand.class,
            EligibilityCommand.class,
            RedeemCommand.class,
            RevokeCommand.class,
            TokenCommand.class,
            TrailCommand.class,
            AuditCommand.class,
            RebuildCommand.class,
            BlockCommand.class,
            BenchCommand.class,
            ChaosCommand.class
        })
public final class Dibs implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Exit code 0 if all went well, 1 if not, 2 if the command line is wrong. */
    public static void main(String[] args) {
        Logs.silence();
        int status = run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args);
        // Libraries may leave threads behind that would keep the process alive.
        System.exit(status);
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Dibs())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(java.time.Duration.class, Durations::parse)
                .setParameterExceptionHandler(Complaints::wrongCommandLine)
                .setExecutionExceptionHandler(Complaints::failed)
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
