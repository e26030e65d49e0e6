package dev.dibs.standalone;

import dev.dibs.chaos.ChaosPlan;
import dev.dibs.chaos.ChaosReport;
import dev.dibs.chaos.ChaosRun;
import dev.dibs.chaos.cluster.ClusterException;
import dev.dibs.chaos.cluster.RedisKind;
import dev.dibs.chaos.fault.Faults;
import dev.dibs.chaos.overload.OverloadPlan;
import dev.dibs.chaos.overload.OverloadReport;
import dev.dibs.chaos.overload.OverloadRun;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.Logs;
import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Breaks a whole installation again and again while it sells, and checks what it promised. */
@Command(
        name = "chaos",
        description = "Runs every service and server as processes, breaks them while tickets are sold, and checks.",
        footer = {
            "",
            "Needs Linux, an installed redis-server, and about 6 GB of memory. Exit code 0 only without a violation."
        })
final class ChaosCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "that faults are made for, such as 0.5 or 30 (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Option(names = "--seed", paramLabel = "N", description = "of the faults and the buyers; a new one if left out")
    private Long seed;

    @Option(names = "--report", paramLabel = "FILE", description = "write what came out as JSON")
    private Path report;

    @Option(
            names = "--redis",
            paramLabel = "KIND",
            defaultValue = "sentinel",
            description = "sentinel (master, replica, three Sentinels) or cluster (three masters)")
    private RedisKind redis;

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description = "make only this one; may be repeated. Unknown names are answered with the list")
    private Set<String> faults = new LinkedHashSet<>();

    @Option(
            names = "--overload",
            paramLabel = "MINUTES",
            description = "break nothing; let ten times as many buyers come as can be served, for so long")
    private Double overload;

    @Option(names = "--in-time", paramLabel = "MILLIS", hidden = true)
    private long inTime = OverloadPlan.USUAL_IN_TIME.toMillis();

    @Option(names = "--data", paramLabel = "DIR", description = "keep data and logs of all processes in this folder")
    private Path data;

    @Option(names = "--keep", description = "do not remove the temporary folder at the end")
    private boolean keep;

    @Override
    public Integer call() throws IOException {
        Set<String> known = Faults.on(redis).keySet();
        if (!known.containsAll(faults)) {
            throw new ProblemException("the faults on Redis " + redis.name().toLowerCase(java.util.Locale.ROOT)
                    + " are: " + String.join(", ", known));
        }
        Reports.writable(report);
        Console console = new Console(spec.commandLine().getOut());
        Path folder = data == null ? Files.createTempDirectory("dibs-chaos-") : Files.createDirectories(data);
        Logs.writeTo(folder.resolve("chaos.log"));
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed;
        console.line("seed %d; data and logs in %s", chosen, folder);
        try (Cleanup cleanup = new Cleanup(folder, data == null && !keep)) {
            int status = 1;
            try {
                status = overload == null
                        ? faults(console, folder, chosen, cleanup)
                        : overload(console, folder, chosen, cleanup);
            } catch (ClusterException e) {
                throw new ProblemException(e.getMessage(), e);
            } finally {
                // Also where there is no report: what went wrong often names a file in this folder.
                if (status != 0 && cleanup.keep()) {
                    console.line("data and logs are kept in %s", folder);
                }
            }
            return status;
        }
    }

    private int faults(Console console, Path folder, long chosen, Cleanup cleanup) {
        ChaosRun run = new ChaosRun(
                new ChaosPlan(
                        folder.toAbsolutePath(),
                        redis,
                        chosen,
                        Duration.ofMillis(Math.round(minutes * 60_000)),
                        faults),
                console::line);
        cleanup.closeFirst(run);
        ChaosReport result = run.run();
        return tell(console, result, result.table(), result.holds());
    }

    private int overload(Console console, Path folder, long chosen, Cleanup cleanup) {
        OverloadRun run = new OverloadRun(
                new OverloadPlan(
                        folder.toAbsolutePath(),
                        chosen,
                        Duration.ofMillis(Math.round(overload * 60_000)),
                        Duration.ofMillis(inTime)),
                console::line);
        cleanup.closeFirst(run);
        OverloadReport result = run.run();
        return tell(console, result, result.table(), result.holds());
    }

    private int tell(Console console, Object result, List<String> table, boolean holds) {
        console.line("");
        table.forEach(console::line);
        if (report != null) {
            Reports.write(report, result);
        }
        return holds ? 0 : 1;
    }
}
