package dev.dibs.audit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.audit.AuditSourceException.Source;
import dev.dibs.documents.Documents;
import dev.dibs.documents.Documents.Projection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Reads collections of MongoDB row by row. */
final class MongoSource implements AutoCloseable {
    private static final int BATCH = 1_000;
    private static final int CONNECT_SECONDS = 10;
    private static final int READ_SECONDS = 60;

    private final String where;
    private final MongoClient client;
    private final MongoDatabase database;

    MongoSource(AuditSources sources) {
        try {
            ConnectionString connection = new ConnectionString(sources.mongodb());
            this.where = String.join(",", connection.getHosts());
            this.client = MongoClients.create(settings(connection));
        } catch (IllegalArgumentException | MongoException e) {
            // The driver quotes the connection string, and with it the password.
            throw new AuditSourceException(Source.MONGODB, "(no address)", "its connection string is malformed", null);
        }
        this.database = client.getDatabase(sources.database());
    }

    private static MongoClientSettings settings(ConnectionString connection) {
        return MongoClientSettings.builder()
                .applyConnectionString(connection)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(READ_SECONDS, TimeUnit.SECONDS))
                .build();
    }

    /** Hands every document of a collection to the row, one after the other, in no particular order. */
    void scan(String collection, Bson filter, Bson fields, Consumer<Document> row) {
        RowSubscriber<Document> rows = new RowSubscriber<>(BATCH, row);
        database.getCollection(collection)
                .find(filter)
                .projection(fields)
                .batchSize(BATCH)
                .subscribe(rows);
        try {
            rows.done().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof MongoException mongo) {
                throw new AuditSourceException(Source.MONGODB, where, String.valueOf(mongo.getMessage()), mongo);
            }
            if (e.getCause() instanceof AuditSourceException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("Reading collection " + collection + " failed", e.getCause());
        }
    }

    /** The collection that holds the tickets at present. */
    String currentTickets() {
        String[] current = {Documents.USER_TICKETS};
        scan(Documents.PROJECTIONS, Filters.eq("_id", Documents.USER_TICKETS), new Document(), pointer -> {
            if (pointer.get(Projection.COLLECTION) instanceof String name) {
                current[0] = name;
            }
        });
        return current[0];
    }

    @Override
    public void close() {
        client.close();
    }
}
