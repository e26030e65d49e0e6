package dev.dibs.projector.mongo;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.projector.fixtures.TestMongo;
import dev.dibs.projector.store.TicketStore;
import dev.dibs.projector.store.TicketStoreContract;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.TestDatabase;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.dibs.testkit.MongoServers#atHand")
final class MongoTicketStoreIT extends TicketStoreContract {
    private final MongoServer server;
    private final TestMongo outside;
    private final MongoConnection mongo;
    private final MongoTicketStore store;

    MongoTicketStoreIT(MongoServer server) {
        this.server = server;
        String database = TestDatabase.nameFor(getClass());
        this.outside = new TestMongo(server.uri(), database);
        this.mongo = MongoConnection.open(server.uri(), database);
        this.store = new MongoTicketStore(mongo);
    }

    @AfterEach
    void close() {
        mongo.close();
        outside.close();
    }

    @Override
    protected TicketStore store() {
        return store;
    }

    /** FerretDB on SQLite takes ten milliseconds per row, and is at hand for its opinion, not its speed. */
    @Override
    protected int many() {
        return isFerret() ? 300 : super.many();
    }

    @Override
    protected Map<String, Map<String, Object>> rows(String collectionName) {
        return outside.rows(collectionName);
    }

    @Override
    protected void putCode(String id, String code) {
        outside.putCode(id, code);
    }

    @Override
    protected void removeCode(String id) {
        outside.removeCode(id);
    }

    @Override
    protected void refuse(String collectionName, TicketId ticket, ActivityId activity, int sequence) {
        assumeFalse(
                isFerret(),
                "FerretDB 1.24 ends an unordered update at its first error, and reports it in a way that MongoDB's "
                        + "driver cannot read");
        outside.refuseSequencesTwice(collectionName);
        outside.put(
                collectionName,
                new Document("_id", "in the way")
                        .append(UserTicket.ACTIVITY_ID, activity.value())
                        .append(UserTicket.SEQUENCE, sequence));
    }

    private boolean isFerret() {
        return server.name().equals("FerretDB");
    }
}
