package dev.dibs.standalone;

import dev.dibs.ids.ActivityId;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.report.SaleReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a sale in pictures. */
@Command(
        name = "report",
        description = "Writes one HTML file with a sale in pictures: its curve, funnel, waits, fairness and stock.",
        footer = {
            "",
            "The file needs no network and can be sent around. It holds figures only: no users, codes or addresses.",
            "It is made from the topics of statistics, also while the sale goes on, and of a stopped folder."
        })
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--activity", paramLabel = "ID", required = true, description = "which sale")
    private String activityId;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            defaultValue = "report.html",
            description = "where to (default: ${DEFAULT-VALUE})")
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DIBS_DATA_DIR:-dibs-data}",
            description = "data folder, in use or not (DIBS_DATA_DIR; default: ${DEFAULT-VALUE})")
    private Path data;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "brokers, instead of those of a data folder")
    private String kafka;

    @Override
    public Integer call() {
        ActivityId activity = new ActivityId(activityId);
        requireWritable();
        return kafka != null
                ? write(kafka, activity)
                : FolderServers.use(data, (addresses, running) -> write(addresses.kafka(), activity));
    }

    /** Found out before everything is read, not after it. */
    private void requireWritable() {
        Path target = file.toAbsolutePath().normalize();
        if (!Files.isDirectory(target.getParent()) || Files.isDirectory(target)) {
            throw new ProblemException("the report cannot be written to " + file);
        }
    }

    private int write(String brokers, ActivityId activity) {
        long bytes = new SaleReport(brokers, Clock.systemUTC(), Version.text()).write(activity, file);
        new Console(spec.commandLine().getOut())
                .line("%s: %,d bytes", file.toAbsolutePath().normalize(), bytes);
        return 0;
    }
}
