package dev.dibs.servers;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** A document database in this JVM that speaks MongoDB's wire protocol, on one file or in memory only. */
public final class EmbeddedMongo implements AutoCloseable {
    private static final String NAME = "MongoDB (embedded)";
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    /** What was written less than this long ago is lost if the JVM is killed; the log can rebuild it. */
    private static final int COMMIT_MILLIS = 100;

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
            return new EmbeddedMongo(serve(openStore(data.resolve("documents.mv")), chosen), data, chosen);
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

    private static MVStore openStore(Path file) {
        try {
            MVStore store = new MVStore.Builder().fileName(file.toString()).open();
            store.setAutoCommitDelay(COMMIT_MILLIS);
            return store;
        } catch (MVStoreException e) {
            throw new ServerStartException(
                    "%s cannot start: %s cannot be opened: %s".formatted(NAME, file, e.getMessage()), e);
        }
    }

    private static MongoServer serve(MVStore store, int port) {
        MongoServer server = new MongoServer(new H2Backend(store));
        try {
            server.bind("127.0.0.1", port);
            return server;
        } catch (RuntimeException e) {
            server.shutdownNow();
            throw new ServerStartException("%s cannot start on port %d: %s".formatted(NAME, port, e.getMessage()), e);
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
