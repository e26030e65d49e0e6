package dev.dibs.projector.mongo;

import dev.dibs.documents.Documents;
import dev.dibs.projector.fixtures.TestMongo;
import dev.dibs.projector.store.ActivityStore;
import dev.dibs.projector.store.ActivityStoreContract;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.dibs.testkit.MongoServers#atHand")
final class MongoActivityStoreIT extends ActivityStoreContract {
    private final TestMongo outside;
    private final MongoConnection mongo;

    MongoActivityStoreIT(MongoServer server) {
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
    protected ActivityStore store() {
        return new MongoActivityStore(mongo);
    }

    @Override
    protected Map<String, Map<String, Object>> activities() {
        return outside.rows(Documents.ACTIVITIES);
    }

    @Override
    protected Map<String, Map<String, Object>> tickets() {
        return outside.rows(Documents.TICKETS);
    }
}
