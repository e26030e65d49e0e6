package dev.dibs.standalone;

import dev.dibs.settings.SettingNames;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.Logs;
import dev.dibs.standalone.stack.DataFolder;
import dev.dibs.standalone.stack.Stack;
import dev.dibs.standalone.stack.StackOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts everything and stays up. */
@Command(
        name = "up",
        description = "Starts servers and services, and stays up until it is stopped; goes on where it was.",
        footer = {
            "",
            "With DIBS_KAFKA, DIBS_REDIS or DIBS_MONGODB set, that server is used instead of an embedded one.",
            "DIBS_ADMIN_PASSWORD and DIBS_JWT_SECRET replace the secrets of the data folder."
        })
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DIBS_DATA_DIR:-dibs-data}",
            description = "where everything is kept (DIBS_DATA_DIR; default: ${DEFAULT-VALUE})")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:DIBS_PORT:-8080}",
            description = "of the API, 0 for a free one (DIBS_PORT; default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "that the API listens on; 0.0.0.0 for all (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--property",
            paramLabel = "KEY=VALUE",
            description = "a property of the API, such as dibs.rate.grabs=5; can be repeated")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        Console console = new Console(spec.commandLine().getOut());
        Ranges.requirePort(spec, port);
        properties.keySet().forEach(this::requireSetting);
        StackOptions options = GivenServers.stack(data, host, port, properties);
        DataFolder folder = DataFolder.open(data);
        Logs.writeTo(folder.log());
        Stack stack = new Stack(options, new StartLines(console), folder);
        AtExit atExit = new AtExit(stack::close);
        try {
            console.line("Starting on %s", folder.path());
            stack.start();
            tell(console, stack, options);
            // Only a signal ends it; the shutdown hook then stops the stack.
            new CountDownLatch(1).await();
        } finally {
            atExit.close();
        }
        return 0;
    }

    private void requireSetting(String property) {
        String complaint = property.startsWith("dibs.")
                ? new SettingNames().complaint(new String[] {property}, false).orElse("")
                : property + " is not a setting; their names begin with dibs.";
        if (!complaint.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--property " + complaint);
        }
    }

    private static void tell(Console console, Stack stack, StackOptions options) {
        console.line("");
        console.line("Dibs is up:  %s", stack.url());
        console.line("  activities     %s/act/list", stack.url());
        console.line("  Kafka          %s", stack.addresses().kafka());
        console.line("  log file       %s", stack.folder().log());
        tellPassword(console, stack.folder(), options.adminPassword());
        console.line("Ctrl-C stops it.");
    }

    /**
     * Tells the password that was made for the folder the first time, and from then on where it lies.
     *
     * @param given counts instead, and is known to whoever gave it
     */
    static void tellPassword(Console console, DataFolder folder, Optional<String> given) {
        if (given.isPresent()) {
            return;
        }
        console.line("  account        admin");
        if (folder.isPasswordShown()) {
            console.line("  password       admin.password in %s", folder.secretsFile());
            return;
        }
        console.line("  password       %s   (shown this once)", DataFolder.adminPassword(folder.path()));
        // Not before: a start that fails or is interrupted must not have used up the one time.
        folder.notePasswordShown();
    }
}
