package dev.dibs.standalone;

import dev.dibs.audit.Audit;
import dev.dibs.audit.AuditReport;
import dev.dibs.audit.AuditSources;
import dev.dibs.audit.CsvExport;
import dev.dibs.audit.Finding;
import dev.dibs.audit.LiveAudit;
import dev.dibs.exports.ExportManifest;
import dev.dibs.ids.ActivityId;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.stack.Addresses;
import dev.dibs.standalone.stack.CodeKeys;
import dev.dibs.standalone.stack.PseudonymKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares everything that is derived from the log with the fold of the log. */
@Command(
        name = "audit",
        description = "Compares Redis, documents, statistics, results and CSV with the log: a line for each promise.",
        footer = {
            "",
            "Exit code 0 only if every promise is kept, 1 if one is not or an activity that is named does not exist, 3 if"
                    + " the log was written to meanwhile, so that nothing can be said. What the log itself shows to be"
                    + " broken is told then too, with 1. A stopped data folder is audited as well."
        })
final class AuditCommand implements Callable<Integer> {
    /** Neither kept nor broken: a cron job must be able to tell a sale that goes on from a violation. */
    static final int LOG_MOVED = 3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DIBS_DATA_DIR:-dibs-data}",
            description = "data folder, in use or not (DIBS_DATA_DIR; default: ${DEFAULT-VALUE})")
    private Path data;

    @Option(names = "--activity", paramLabel = "ID", description = "audit only this one")
    private String activityId;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description =
                    "an exported file to compare as well, .csv or .csv.gz; as of what the manifest beside it says")
    private Path csv;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "how long a running server may take to catch up (default: ${DEFAULT-VALUE})")
    private Duration wait;

    @Override
    public Integer call() {
        if (csv != null && !Files.isReadable(csv)) {
            throw new ProblemException("the CSV file " + csv + " cannot be read");
        }
        Console console = new Console(spec.commandLine().getOut());
        return FolderServers.use(
                data, (addresses, running) -> audit(addresses, running ? wait : Duration.ZERO, console));
    }

    private int audit(Addresses addresses, Duration patience, Console console) {
        AuditSources sources = AuditSources.of(addresses.kafka(), addresses.redis(), addresses.mongodb())
                .withSeal(CodeKeys.seal(data))
                .withPseudonyms(PseudonymKeys.pseudonyms(data));
        if (activityId != null) {
            sources = sources.withActivities(Set.of(new ActivityId(activityId)));
        }
        return tell(new LiveAudit(withCsv(sources)).run(patience), console);
    }

    static int tell(LiveAudit.Outcome outcome, Console console) {
        AuditReport report = outcome.report();
        outcome.lagging().forEach(sentence -> console.line("not caught up: " + sentence));
        if (!report.absences().isEmpty() && report.findings().isEmpty()) {
            throw new ProblemException(String.join("; ", report.absences()));
        }
        if (outcome.moved()) {
            return tellOfMovingLog(outcome.proven(), console);
        }
        report.lines().forEach(console::line);
        return outcome.holds() ? 0 : 1;
    }

    private static int tellOfMovingLog(List<Finding> proven, Console console) {
        proven.forEach(finding -> console.line("VIOLATED %s", finding));
        console.line(
                "The log was written to during each of %d audits, so %s: pause the sale or wait for its end, and audit"
                        + " again.",
                LiveAudit.ATTEMPTS,
                proven.isEmpty() ? "nothing can be said" : "beyond what the log itself shows nothing can be said");
        return proven.isEmpty() ? LOG_MOVED : 1;
    }

    private AuditSources withCsv(AuditSources sources) {
        if (csv == null) {
            return sources;
        }
        ExportManifest manifest = CsvExport.manifestBeside(csv);
        if (activityId != null) {
            return sources.withCsv(new CsvExport(csv, new ActivityId(activityId), manifest));
        }
        if (manifest != null) {
            return sources.withCsv(new CsvExport(csv, manifest.activityId(), manifest));
        }
        Set<ActivityId> activities = new Audit(sources).run().activities().keySet();
        if (activities.size() != 1) {
            throw new ProblemException(
                    "say with --activity which of " + activities.size() + " activities " + csv + " is of");
        }
        return sources.withCsv(new CsvExport(csv, activities.iterator().next()));
    }
}
