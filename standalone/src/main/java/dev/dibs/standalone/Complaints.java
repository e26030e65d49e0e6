package dev.dibs.standalone;

import dev.dibs.audit.AuditSourceException;
import dev.dibs.servers.ServerStartException;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What went wrong, on one line; the stack trace is for the log file. */
final class Complaints {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);

    private Complaints() {}

    static int wrongCommandLine(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + oneLine(e.getMessage()) + "; see '" + name + " --help'");
        return CommandLine.ExitCode.USAGE;
    }

    static int failed(Exception e, CommandLine command, ParseResult parsed) {
        log.error("{} failed", command.getCommandSpec().qualifiedName(), e);
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + told(e));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String told(Exception e) {
        if (e instanceof ProblemException) {
            // May list the bad rows of a file.
            return e.getMessage();
        }
        if (e instanceof ServerStartException
                || e instanceof AuditSourceException
                || e instanceof RefusedException
                || e instanceof IllegalArgumentException) {
            return oneLine(e.getMessage());
        }
        return "unexpected error: " + oneLine(e.toString());
    }

    private static String oneLine(String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
