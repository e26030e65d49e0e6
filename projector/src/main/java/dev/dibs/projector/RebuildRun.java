package dev.dibs.projector;

import dev.dibs.projector.mongo.MongoConnection;
import dev.dibs.projector.mongo.MongoTicketStore;
import dev.dibs.projector.mongo.MongoTicketVersions;
import dev.dibs.projector.rebuild.ProjectionRebuild;
import dev.dibs.projector.rebuild.RebuildReport;
import dev.dibs.projector.rebuild.ReplacedCollections;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** A rebuild of the tickets' projection from start to end: for the projector's own main, and for other programs. */
public final class RebuildRun {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private RebuildRun() {}

    /**
     * Rebuilds while a projector may be running, as long as it takes.
     *
     * @param kafka brokers, {@code host:port} separated by commas
     * @param mongodb a connection string
     * @throws StartFailure where a server is not there in time
     * @throws dev.dibs.projector.rebuild.RebuildException where what was read before is read still, with the reason
     */
    public static RebuildReport run(String kafka, String mongodb, String database) {
        try (MongoConnection mongo = MongoConnection.open(mongodb, database)) {
            return run(
                    Map.of(
                            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                            kafka,
                            CommonClientConfigs.CLIENT_ID_CONFIG,
                            "dibs-rebuild-" + ProcessHandle.current().pid()),
                    mongo,
                    START_TIMEOUT);
        }
    }

    static RebuildReport run(Map<String, Object> kafka, MongoConnection mongo, Duration startTimeout) {
        StartCheck check = new StartCheck(startTimeout);
        check.awaitMongo(mongo);
        check.awaitKafka(kafka);
        MongoTicketVersions versions = new MongoTicketVersions(mongo);
        ReplacedCollections replaced = new ReplacedCollections(versions, Clock.systemUTC());
        try (ProjectionRebuild rebuild =
                new ProjectionRebuild(kafka, new MongoTicketStore(mongo), versions, replaced)) {
            return rebuild.run();
        }
    }
}
