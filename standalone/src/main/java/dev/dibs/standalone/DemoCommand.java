package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.Logs;
import dev.dibs.standalone.demo.Demo;
import dev.dibs.standalone.demo.DemoOptions;
import dev.dibs.standalone.demo.DemoReport;
import dev.dibs.standalone.report.SaleReport;
import dev.dibs.standalone.stack.DataFolder;
import dev.dibs.standalone.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One sale from its files to its audited results. */
@Command(
        name = "demo",
        description = "Sells the example activity to a crowd over real HTTP, audits it, and tells how it went.",
        footer = {
            "",
            "Exit code 0 only if nothing was oversold, lost or served twice.",
            "With DIBS_KAFKA, DIBS_REDIS or DIBS_MONGODB set, that server is used instead of an embedded one, and keeps",
            "what was sold."
        })
final class DemoCommand implements Callable<Integer> {
    private static final Duration OPENS_IN = Duration.ofSeconds(8);
    private static final String PICTURES = "pictures.html";
    private static final Duration SETTLE = Duration.ofSeconds(120);

    /** A whole town comes from this machine; the limits per user and the rule about offenders stay as they are. */
    private static final Map<String, String> ONE_ADDRESS = Map.of("dibs.rate.address.per-second", "0");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--buyers",
            paramLabel = "N",
            defaultValue = "20000",
            description = "how many come (default: ${DEFAULT-VALUE})")
    private int buyers;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "256",
            description = "that they share (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "write what came out as JSON, and results.csv and " + PICTURES + " beside it")
    private Path report;

    @Option(names = "--data", paramLabel = "DIR", description = "keep everything in this folder")
    private Path data;

    @Option(names = "--keep", description = "do not remove the temporary data folder at the end, as after a failure")
    private boolean keep;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "of the buyers' habits and order; a new one each time if left out")
    private Long seed;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:DIBS_PORT:-0}",
            description = "of the API, 0 for a free one (DIBS_PORT; default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--examples",
            paramLabel = "DIR",
            description = "holds activity.yaml and codes.csv of what is sold instead of the example")
    private Path examples;

    @Override
    public Integer call() throws IOException {
        Console console = new Console(spec.commandLine().getOut());
        Ranges.requirePort(spec, port);
        Ranges.require(spec, "--buyers", buyers, 1, DemoOptions.MOST_BUYERS);
        Ranges.require(spec, "--connections", connections, 1, DemoOptions.MOST_CONNECTIONS);
        if (examples != null) {
            Examples.requireIn(examples);
        }
        Path reportFile = Reports.writable(report);
        boolean temporary = data == null;
        Path path = temporary ? Files.createTempDirectory("dibs-demo-") : data;
        try (Cleanup cleanup = new Cleanup(path, temporary && !keep)) {
            DataFolder folder = DataFolder.open(path);
            cleanup.closeFirst(folder);
            Logs.writeTo(folder.log());
            Path example = examples == null ? Examples.movieNight(folder.path()) : examples;
            DemoOptions options = new DemoOptions(
                    buyers,
                    connections,
                    seed == null ? System.nanoTime() : seed,
                    example.resolve("activity.yaml"),
                    example.resolve("codes.csv"),
                    beside(reportFile, folder, "results.csv"),
                    beside(reportFile, folder, PICTURES),
                    OPENS_IN,
                    SETTLE);
            Stack stack = new Stack(
                    GivenServers.stack(path, "127.0.0.1", port, ONE_ADDRESS), new StartLines(console), folder);
            cleanup.closeFirst(stack);
            console.line("Starting on %s", folder.path());
            int status = 1;
            try {
                DemoReport result = sale(stack, options, console);
                if (reportFile != null) {
                    Reports.write(reportFile, result);
                }
                tellWhere(console, options, reportFile, temporary && result.holds());
                status = result.holds() ? 0 : 1;
            } finally {
                if (status != 0 && cleanup.keep()) {
                    console.line("data and logs are kept in %s", folder.path());
                }
            }
            return status;
        }
    }

    private static DemoReport sale(Stack stack, DemoOptions options, Console console) {
        stack.start();
        SaleReport pictures = new SaleReport(stack.addresses().kafka(), Clock.systemUTC(), Version.text());
        return new Demo(stack, options, console, pictures).run();
    }

    private static Path beside(Path reportFile, DataFolder folder, String name) {
        return reportFile == null ? folder.path().resolve(name) : reportFile.resolveSibling(name);
    }

    private void tellWhere(Console console, DemoOptions options, Path reportFile, boolean temporary) {
        if (reportFile != null) {
            console.line("report: %s", reportFile);
        }
        if (reportFile != null || !temporary || keep) {
            console.line("results: %s", options.results());
            console.line("pictures: %s", options.pictures());
        } else {
            console.line("(--report FILE or --keep keeps the results; see dibs demo --help. Seed: %d)", options.seed());
        }
    }
}
