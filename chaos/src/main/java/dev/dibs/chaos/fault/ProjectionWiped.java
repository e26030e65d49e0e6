package dev.dibs.chaos.fault;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.chaos.cluster.Cluster;
import dev.dibs.chaos.cluster.Member;
import dev.dibs.documents.Documents;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The document database loses everything that the log can rebuild: tickets, activities, positions. Accounts and codes
 * are in no log; without a backup of them there is nothing to recover, so they stay. The projector is restarted after
 * it, as one does after restoring a database.
 */
final class ProjectionWiped implements Fault {
    private static final Set<String> DERIVED = Set.of(Documents.ACTIVITIES, Documents.TICKETS, Documents.PROJECTIONS);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "documents-wiped";
    }

    @Override
    public Set<Part> parts() {
        return Set.of(Part.DOCUMENTS, Part.PROJECTOR);
    }

    @Override
    public Outcome inject(Cluster cluster, Random random) {
        Member projector = cluster.member("projector");
        projector.kill();
        try (MongoClient client = MongoClients.create(cluster.targets().mongodb())) {
            MongoDatabase database = client.getDatabase(Documents.DATABASE);
            List<String> derived = Flux.from(database.listCollectionNames())
                    .filter(name -> DERIVED.contains(name) || name.startsWith(Documents.USER_TICKETS))
                    .collectList()
                    .block(PATIENCE);
            for (String name : derived) {
                MongoCollection<Document> collection = database.getCollection(name);
                Mono.from(collection.drop()).block(PATIENCE);
            }
            return Outcome.madeIf(!derived.isEmpty(), "dropped " + derived);
        } finally {
            projector.start();
        }
    }

    @Override
    public Duration lasts(Random random) {
        return Duration.ofSeconds(1);
    }

    @Override
    public void heal(Cluster cluster) {
        // The projector writes it all again.
    }
}
