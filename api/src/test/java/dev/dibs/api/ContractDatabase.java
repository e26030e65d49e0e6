package dev.dibs.api;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.testkit.MongoServer;
import dev.dibs.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** A database of its own for one contract on one of the servers at hand. */
public final class ContractDatabase {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ContractDatabase() {}

    public static void on(MongoServer server, Class<?> test, Consumer<MongoDatabase> contract) {
        try (MongoClient client = MongoClients.create(server.uri())) {
            MongoDatabase database = client.getDatabase(TestDatabase.nameFor(test));
            contract.accept(database);
            Mono.from(database.drop()).block(PATIENCE);
        }
    }

    public static void insert(MongoDatabase database, String collection, Document... documents) {
        Mono.from(database.getCollection(collection).insertMany(List.of(documents)))
                .block(PATIENCE);
    }
}
