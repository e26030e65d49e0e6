package dev.dibs.standalone;

import dev.dibs.processor.running.StatisticsRebuild;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has the stream-processors read everything anew. */
@Command(
        name = "stats",
        description = "Has the stream-processor count everything anew from the log: statistics and result topics.",
        footer = {
            "",
            "Analysts see the old sums until the new ones are complete. Rows of results that are there already",
            "are not written again. On a stopped folder the rebuild begins with the next 'dibs up'."
        })
final class RebuildStats implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DIBS_DATA_DIR:-dibs-data}",
            description = "data folder, in use or not (DIBS_DATA_DIR; default: ${DEFAULT-VALUE})")
    private Path data;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "brokers, instead of those of a data folder")
    private String kafka;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "how long to wait for a running stream-processor (default: ${DEFAULT-VALUE})")
    private Duration wait;

    @Override
    public Integer call() {
        return kafka != null
                ? told(kafka, wait)
                : FolderServers.use(
                        data, (addresses, running) -> told(addresses.kafka(), running ? wait : Duration.ZERO));
    }

    private int told(String brokers, Duration patience) {
        return RebuildTrail.told(brokers, spec.qualifiedName(" "), () -> rebuild(brokers, patience));
    }

    private int rebuild(String brokers, Duration patience) {
        Console console = new Console(spec.commandLine().getOut());
        long begin = System.nanoTime();
        StatisticsRebuild.Report report;
        try {
            report = StatisticsRebuild.run(brokers, patience);
        } catch (KafkaException e) {
            throw new ProblemException("the statistics are not rebuilt: " + e.getMessage(), e);
        }
        if (report.done()) {
            console.line(
                    "statistics and results are rebuilt, in %s",
                    Console.spoken(Duration.ofNanos(System.nanoTime() - begin)));
        } else if (patience.isZero()) {
            console.line("statistics and results are rebuilt when the stream-processor starts");
        } else {
            console.line(
                    "statistics and results are not rebuilt after %s; the stream-processor goes on with it if it runs",
                    Console.spoken(patience));
        }
        return report.done() || patience.isZero() ? 0 : 1;
    }
}
