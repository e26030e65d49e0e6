package dev.dibs.standalone;

import dev.dibs.documents.Documents;
import dev.dibs.projector.RebuildRun;
import dev.dibs.projector.StartFailure;
import dev.dibs.projector.rebuild.RebuildException;
import dev.dibs.projector.rebuild.RebuildReport;
import dev.dibs.projector.rebuild.ReplacedCollections;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the tickets' collection anew and switches to it. */
@Command(
        name = "projection",
        description = "Writes the collection of tickets anew from the log, and switches to it when it is complete.",
        footer = {
            "",
            "Readers see the old collection until then; running exports finish. Works on a stopped folder too."
        })
final class RebuildProjection implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:DIBS_DATA_DIR:-dibs-data}",
            description = "data folder, in use or not (DIBS_DATA_DIR; default: ${DEFAULT-VALUE})")
    private Path data;

    @ArgGroup(exclusive = false, heading = "Servers without a data folder:%n")
    private Given given;

    private static final class Given {
        @Option(names = "--kafka", paramLabel = "HOST:PORT", required = true, description = "brokers, comma-separated")
        private String kafka;

        @Option(names = "--mongodb", paramLabel = "URI", required = true, description = "such as mongodb://host:27017")
        private String mongodb;

        @Option(
                names = "--database",
                paramLabel = "NAME",
                defaultValue = Documents.DATABASE,
                description = "in MongoDB (default: ${DEFAULT-VALUE})")
        private String database;
    }

    @Override
    public Integer call() {
        if (given != null) {
            return told(given.kafka, given.mongodb, given.database);
        }
        return FolderServers.use(
                data, (addresses, running) -> told(addresses.kafka(), addresses.mongodb(), addresses.database()));
    }

    private int told(String kafka, String mongodb, String database) {
        return RebuildTrail.told(kafka, spec.qualifiedName(" "), () -> rebuild(kafka, mongodb, database));
    }

    private int rebuild(String kafka, String mongodb, String database) {
        Console console = new Console(spec.commandLine().getOut());
        long begin = System.nanoTime();
        RebuildReport report;
        try {
            report = RebuildRun.run(kafka, mongodb, database);
        } catch (RebuildException | StartFailure | KafkaException e) {
            throw new ProblemException("the projection was not rebuilt: " + e.getMessage(), e);
        }
        console.line(
                "tickets are read from %s instead of %s: %,d rows, in %.1f s",
                report.collection(),
                report.replaced(),
                report.rows(),
                Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1_000.0);
        if (report.withoutCode() > 0) {
            console.line("%,d of them have no code: ticket_codes does not have it", report.withoutCode());
        }
        console.line(
                "%s goes %d minutes from now, when no export can be reading it any more",
                report.replaced(), ReplacedCollections.GRACE.toMinutes());
        return 0;
    }
}
