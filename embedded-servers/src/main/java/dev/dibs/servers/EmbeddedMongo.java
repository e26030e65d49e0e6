package dev.dibs.servers;

import de.bwaldvogel.mongo.MongoServer;
import dev.dibs.servers.documents.DocumentBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVStore;

/** A document database in this JVM that speaks MongoDB's wire protocol, on one file or in memory only. */
public final class EmbeddedMongo implements AutoCloseable {
    private static final String NAME = "MongoDB (embedded)";
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final MongoServer server;
    private final DataFolder folder;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedMongo(MongoServer server, DataFolder folder, int port) {
        this.server = server;
        this.folder = folder;
        this.port = port;
    }

    /** Starts on the port of the last start in this folder, or on any free one. */
    public static EmbeddedMongo start(Path folder) {
        return start(folder, 0);
    }

    /**
     * Starts, and returns once clients can connect.
     *
     * @param port to listen on; 0 for the one of the last start or any free one
     * @throws ServerStartException if the folder or the port is in use, or the file cannot be opened
     */
    public static EmbeddedMongo start(Path folder, int port) {
        DataFolder data = DataFolder.open(folder, NAME);
        try {
            int chosen = data.port("mongodb", port);
            return new EmbeddedMongo(
                    serve(DocumentFile.open(data.resolve("documents.mv"), NAME), chosen), data, chosen);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** Starts on any free port, and forgets everything when closed. */
    public static EmbeddedMongo inMemory() {
        int port = FreePorts.next();
        return new EmbeddedMongo(serve(new MVStore.Builder().open(), port), null, port);
    }

    private static MongoServer serve(MVStore store, int port) {
        MongoServer server = new MongoServer(backend(store));
        try {
            server.bind("127.0.0.1", port);
            return server;
        } catch (RuntimeException e) {
            server.shutdownNow();
            throw new ServerStartException("%s cannot start on port %d: %s".formatted(NAME, port, e.getMessage()), e);
        }
    }

    private static DocumentBackend backend(MVStore store) {
        try {
            return new DocumentBackend(store);
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw new ServerStartException("%s cannot start: its documents cannot be read: %s".formatted(NAME, e), e);
        }
    }

    /** {@code mongodb://127.0.0.1:port}. */
    public String uri() {
        return "mongodb://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Ends all connections and flushes the file. Waits at most 10 seconds. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Bounded.run("stopping " + NAME, STOP_WITHIN, server::shutdownNow);
            if (folder != null) {
                folder.close();
            }
        }
    }
}
