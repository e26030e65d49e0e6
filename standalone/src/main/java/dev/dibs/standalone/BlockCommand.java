package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.operator.BlockClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Who may not grab for a while. */
@Command(
        name = "block",
        description = "Keeps users and addresses from grabbing for a while, on all instances of a running server.",
        synopsisSubcommandLabel = "(add | list | remove)",
        subcommands = {BlockCommand.Add.class, BlockCommand.Show.class, BlockCommand.Remove.class})
final class BlockCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: add, list or remove");
    }

    /** Whom a command is about. */
    static final class Subject {
        @Option(names = "--user", paramLabel = "ID", description = "a user's id", required = true)
        private String user;

        @Option(
                names = "--address",
                paramLabel = "ADDRESS",
                description = "an address such as 203.0.113.9; of IPv6 its /64",
                required = true)
        private String address;

        @Option(
                names = "--address-hash",
                paramLabel = "HASH",
                description = "an address as results and lists show it",
                required = true)
        private String hash;

        private String kind() {
            return user != null ? "user" : address != null ? "address" : "addressHash";
        }

        private String value() {
            return user != null ? user : address != null ? address : hash;
        }
    }

    @Command(name = "add", description = "Blocks a user or an address; again changes reason and end.")
    static final class Add implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ServerOptions server;

        @ArgGroup(multiplicity = "1")
        private Subject subject;

        @Option(
                names = "--for",
                paramLabel = "TIME",
                defaultValue = "1h",
                description = "for so long, such as 30m, at most 366 days (default: ${DEFAULT-VALUE})")
        private Duration time;

        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why; other operators see it")
        private String reason;

        @Override
        public Integer call() {
            JsonNode block = new BlockClient(server.operator())
                    .add(subject.kind(), subject.value(), reason, Instant.now().plus(time));
            new Console(spec.commandLine().getOut()).line("Blocked: %s", line(block));
            return 0;
        }
    }

    @Command(name = "list", description = "Lists who is blocked, by whom, why and until when.")
    static final class Show implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ServerOptions server;

        @Override
        public Integer call() {
            Console console = new Console(spec.commandLine().getOut());
            int[] count = {0};
            new BlockClient(server.operator()).list(block -> {
                count[0]++;
                console.line("%s", line(block));
            });
            if (count[0] == 0) {
                console.line("Nobody is blocked.");
            }
            return 0;
        }
    }

    @Command(name = "remove", description = "Lifts a block.")
    static final class Remove implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ServerOptions server;

        @ArgGroup(multiplicity = "1")
        private Subject subject;

        @Override
        public Integer call() {
            new BlockClient(server.operator()).remove(subject.user != null, subject.value());
            new Console(spec.commandLine().getOut()).line("Lifted: %s %s", subject.kind(), subject.value());
            return 0;
        }
    }

    private static String line(JsonNode block) {
        boolean isUser = block.has("user");
        String reason = block.path("reason").asString("");
        return "%s %s until %s, by %s %s%s"
                .formatted(
                        isUser ? "user" : "address-hash",
                        block.path(isUser ? "user" : "addressHash").asString(""),
                        Instant.ofEpochSecond(block.path("until").asLong(0)),
                        block.path("origin").asString(""),
                        block.path("by").asString(""),
                        reason.isEmpty() ? "" : ": " + reason);
    }
}
