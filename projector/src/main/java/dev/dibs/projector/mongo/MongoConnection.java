package dev.dibs.projector.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.dibs.projector.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * One client of the database, and the one place where a thread waits for it. The projector's threads have nothing
 * else to do than to wait for their batch, so they wait; each time with a limit.
 */
public final class MongoConnection implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FIND_SERVER_SECONDS = 2;
    private static final int CONNECTIONS = 4;
    /**
     * Documents of one answer. Left to itself the driver asks for as many as an int can count where all are wanted,
     * and FerretDB 1.24 makes room for them: 16 GB.
     */
    static final int READ_AT_ONCE = 1_000;

    private final String servers;
    private final MongoClient client;
    private final MongoDatabase database;

    private MongoConnection(ConnectionString address, String database, MongoClient client) {
        this.servers = String.join(",", address.getHosts());
        this.client = client;
        this.database = client.getDatabase(database);
    }

    /**
     * Makes a client; it connects when it is first asked something.
     *
     * @param uri a connection string; what it says goes before the settings made here
     * @param database usually {@link dev.dibs.documents.Documents#DATABASE}
     * @throws IllegalArgumentException where the connection string is not one
     */
    public static MongoConnection open(String uri, String database) {
        ConnectionString address = new ConnectionString(uri);
        MongoClientSettings settings = MongoClientSettings.builder()
                .applicationName("dibs-projector")
                // A position must not survive a fail-over that its data do not survive; and the projector goes on from
                // where it is, so what was answered must survive a crash of the server, too.
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .applyToClusterSettings(c -> c.serverSelectionTimeout(FIND_SERVER_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(s -> s.connectTimeout(FIND_SERVER_SECONDS, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(p -> p.maxSize(CONNECTIONS))
                .applyConnectionString(address)
                .build();
        return new MongoConnection(address, database, MongoClients.create(settings));
    }

    /** The servers' addresses, without the password that the connection string may hold. */
    public String servers() {
        return servers;
    }

    /** @throws StoreException where the database does not answer */
    public void ping() {
        ask(database.runCommand(new Document("ping", 1)));
    }

    MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    List<Document> find(String collection, Bson filter) {
        return ask(database.getCollection(collection).find(filter).batchSize(READ_AT_ONCE));
    }

    MongoDatabase database() {
        return database;
    }

    /**
     * Everything that the publisher brings.
     *
     * @throws StoreException where it brings an error, or takes too long
     */
    <T> List<T> ask(Publisher<T> publisher) {
        try {
            return attempt(publisher);
        } catch (MongoException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    /**
     * The same, for a caller who can tell what an error of this request means.
     *
     * @throws StoreException where the server is not reached, is in trouble, or takes too long
     * @throws MongoException where the server answers with an error about what was asked
     */
    <T> List<T> attempt(Publisher<T> publisher) {
        try {
            return Flux.from(publisher).collectList().block(LIMIT);
        } catch (MongoException e) {
            if (ServerTrouble.isMeantBy(e)) {
                throw new StoreException(e.getMessage(), e);
            }
            throw e;
        } catch (IllegalStateException e) {
            // Thrown for a time-out, an interrupt, and a client that has been closed meanwhile.
            throw new StoreException(e.getMessage(), e);
        }
    }

    /** Fails whatever is still on its way. */
    @Override
    public void close() {
        client.close();
    }
}
