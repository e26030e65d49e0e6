package dev.dibs.standalone;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes anew, from the log, what is derived from it; the sale goes on meanwhile. */
@Command(
        name = "rebuild",
        description = "Makes anew from the log what is derived from it, while the sale goes on.",
        synopsisSubcommandLabel = "(projection | stats | redis | codes)",
        subcommands = {RebuildProjection.class, RebuildStats.class, RebuildRedis.class, RebuildCodes.class})
final class RebuildCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to rebuild: projection, stats, redis or codes");
    }
}
