package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.EligibilityList;
import dev.dibs.standalone.operator.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Who may take part in an activity, on a running server. */
@Command(
        name = "eligibility",
        description = "Says who may take part in an activity: everyone, or the accounts of a list.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EligibilityCommand.Import.class, EligibilityCommand.Check.class, EligibilityCommand.Clear.class})
final class EligibilityCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: import, check or clear");
    }

    /** What all of them have in common. */
    private abstract static class OfOneActivity implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ServerOptions server;

        @Option(names = "--activity", paramLabel = "ID", required = true, description = "the activity")
        private String activityId;

        @Override
        public final Integer call() {
            checkFiles();
            Console console = new Console(spec.commandLine().getOut());
            return call(new EligibilityList(server.operator(), activityId), console);
        }

        /** Before any server is asked. */
        void checkFiles() {}

        abstract int call(EligibilityList list, Console console);

        final ProblemException complaint(RefusedException e) {
            return new ProblemException(activityId + ": " + e.getMessage(), e);
        }

        static void tell(Console console, JsonNode state) {
            if (state.path("everyone").asBoolean()) {
                console.line("everyone may take part");
            } else {
                console.line(
                        "%,d accounts may take part (list %s)",
                        state.path("accounts").asLong(), state.path("list").asString(""));
            }
        }
    }

    /** Takes a file of accounts as the list. */
    @Command(
            name = "import",
            description = "Lets only the accounts of a CSV file take part, at once and on all instances.",
            footer = {"", "A file with a bad row changes nothing. Importing the same file again changes nothing either."
            })
    static final class Import extends OfOneActivity {
        @Option(
                names = "--accounts",
                paramLabel = "FILE",
                required = true,
                description = "CSV with the header 'account' and one account per row")
        private Path accounts;

        @Option(names = "--add", description = "add them to the list there is, instead of replacing it")
        private boolean add;

        @Override
        void checkFiles() {
            if (!Files.isReadable(accounts)) {
                throw new ProblemException(
                        accounts + " cannot be read: " + (Files.exists(accounts) ? "no permission" : "no such file"));
            }
        }

        @Override
        int call(EligibilityList list, Console console) {
            JsonNode state = add ? list.add(accounts) : list.replace(accounts);
            if (state.path("repeated").asLong() > 0) {
                console.line(
                        "%,d of %,d rows name an account again",
                        state.path("repeated").asLong(), state.path("rows").asLong());
            }
            if (!state.path("changed").asBoolean()) {
                console.line("nothing new, this is the list already");
            }
            tell(console, state);
            return 0;
        }
    }

    /** Shows the list, or what it says of one account. */
    @Command(
            name = "check",
            description = "Tells how many accounts may take part, or whether one may.",
            footer = {"", "Exit code 1 if the account may not take part."})
    static final class Check extends OfOneActivity {
        @Option(names = "--account", paramLabel = "ACCOUNT", description = "the account to ask for")
        private String account;

        @Override
        int call(EligibilityList list, Console console) {
            try {
                JsonNode state = list.state(account);
                tell(console, state);
                if (account == null) {
                    return 0;
                }
                boolean eligible = state.path("eligible").asBoolean();
                console.line("%s %s take part", account, eligible ? "may" : "may not");
                return eligible ? 0 : 1;
            } catch (RefusedException e) {
                throw complaint(e);
            }
        }
    }

    /** Lets everyone take part. */
    @Command(name = "clear", description = "Removes the list: everyone may take part.")
    static final class Clear extends OfOneActivity {
        @Override
        int call(EligibilityList list, Console console) {
            try {
                tell(console, list.clear());
                return 0;
            } catch (RefusedException e) {
                throw complaint(e);
            }
        }
    }
}
