package dev.dibs.standalone;

import dev.dibs.benchmarks.Bench;
import dev.dibs.benchmarks.BenchPlan;
import dev.dibs.benchmarks.BenchReport;
import dev.dibs.servers.FreePorts;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.standalone.operator.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast it is, beside a constant answer. */
@Command(
        name = "bench",
        description = "Measures a stack of its own beside a bare handler, and prints medians and ratios.",
        footer = {
            "",
            "Nothing else should run on the machine. Only 127.0.0.1 is used. No DIBS_* of the shell counts for the servers."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "how often each scenario is measured, 1 to 20 (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "of each measurement, 1 to 25 (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "256",
            description = "kept open by the driver (default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--jvm",
            paramLabel = "OPTIONS",
            defaultValue = "-Xms1g -Xmx4g -XX:+UseParallelGC",
            description = "of both servers (default: ${DEFAULT-VALUE})")
    private String jvmOptions;

    @Option(names = "--report", paramLabel = "FILE", description = "write the figures as JSON")
    private Path report;

    @Option(names = "--keep", description = "do not remove the servers' data and logs at the end")
    private boolean keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path reportFile = Reports.writable(report);
        Console console = new Console(spec.commandLine().getOut());
        Path folder = Files.createTempDirectory("dibs-bench-");
        Cleanup cleanup = new Cleanup(folder, !keep);
        try {
            BenchReport result = measured(new Bench(plan(folder), console::line), folder, cleanup);
            console.line("");
            result.table().forEach(console::line);
            console.line("");
            console.line(
                    "Medians of %d rounds of %d s over %d connections, after a warm-up. Server and driver share the",
                    rounds, seconds, connections);
            console.line(
                    "%d processors of this machine, in every row alike; in a row only one server is under load.",
                    Runtime.getRuntime().availableProcessors());
            result.remarks().forEach(remark -> console.line("Note: " + remark));
            if (reportFile != null) {
                Reports.write(reportFile, result);
            }
            return 0;
        } finally {
            cleanup.close();
        }
    }

    private static BenchReport measured(Bench bench, Path folder, Cleanup cleanup) throws InterruptedException {
        try {
            return bench.run();
        } catch (IOException | ProblemException | RefusedException e) {
            cleanup.keep();
            throw new ProblemException(e.getMessage() + "; data and logs are kept in " + folder, e);
        }
    }

    private BenchPlan plan(Path folder) {
        SecureRandom random = new SecureRandom();
        String password = secret(random);
        String tokenKey = secret(random);
        int port = FreePorts.next();
        return new BenchPlan(
                folder,
                rounds,
                Duration.ofSeconds(seconds),
                connections,
                List.of(jvmOptions.strip().split("\\s+")),
                URI.create("http://127.0.0.1:" + port),
                List.of(
                        Dibs.class.getName(),
                        "up",
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        Integer.toString(port),
                        // The limits would refuse what is to be measured.
                        "--property",
                        "dibs.rate.grabs=0",
                        "--property",
                        "dibs.rate.address.per-second=0"),
                Map.of("DIBS_ADMIN_PASSWORD", password, "DIBS_JWT_SECRET", tokenKey),
                tokenKey,
                url -> new BenchOperator(new OperatorClient(url, password), folder));
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
