package dev.dibs.projector.mongo;

import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.projector.fixtures.TestMongo;
import dev.dibs.projector.store.TicketStore;
import dev.dibs.projector.store.TicketVersions;
import dev.dibs.projector.store.TicketVersionsContract;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.TestDatabase;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.dibs.testkit.MongoServers#atHand")
final class MongoTicketVersionsIT extends TicketVersionsContract {
    private final TestMongo outside;
    private final MongoConnection mongo;

    MongoTicketVersionsIT(MongoServer server) {
        String database = TestDatabase.nameFor(getClass());
        this.outside = new TestMongo(server.uri(), database);
        this.mongo = MongoConnection.open(server.uri(), database);
    }

    @AfterEach
    void close() {
        mongo.close();
        outside.close();
    }

    @Override
    protected TicketVersions versions() {
        return new MongoTicketVersions(mongo);
    }

    @Override
    protected TicketStore store() {
        return new MongoTicketStore(mongo);
    }

    @Override
    protected void putRow(String collection, String id, boolean withCode) {
        Document row = new Document("_id", id).append(UserTicket.USER_ID, "u");
        outside.put(collection, withCode ? row.append(UserTicket.CODE, "SECRET") : row);
    }

    @Override
    protected Set<String> collections() {
        return new HashSet<>(
                outside.await(outside.database().listCollectionNames().batchSize(100)));
    }
}
