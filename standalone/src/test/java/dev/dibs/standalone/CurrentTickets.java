package dev.dibs.standalone;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import dev.dibs.documents.Documents.UserTicket;
import dev.dibs.standalone.stack.Addresses;
import dev.dibs.standalone.stack.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** The tickets of an activity in the projection alone, found through its pointer as the API finds them. */
final class CurrentTickets implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MongoClient client;
    private final MongoDatabase database;
    private final String activity;

    /** @param data folder of the server */
    CurrentTickets(Path data, String activity) throws Exception {
        Addresses addresses = DataFolder.running(data).orElseThrow().addresses();
        this.client = MongoClients.create(addresses.mongodb());
        this.database = client.getDatabase(addresses.database());
        this.activity = activity;
    }

    int rows() {
        Document pointer = Mono.from(database.getCollection(Documents.PROJECTIONS)
                        .find(Filters.eq("_id", Documents.USER_TICKETS))
                        .first())
                .block(PATIENCE);
        String collection = pointer == null ? Documents.USER_TICKETS : pointer.getString(Projection.COLLECTION);
        Long rows = Mono.from(
                        database.getCollection(collection).countDocuments(Filters.eq(UserTicket.ACTIVITY_ID, activity)))
                .block(PATIENCE);
        return rows.intValue();
    }

    @Override
    public void close() {
        client.close();
    }
}
