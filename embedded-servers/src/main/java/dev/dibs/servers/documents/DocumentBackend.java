package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Set;
import org.h2.mvstore.MVStore;

/** The databases of one file or, for tests, of one store in memory. */
public final class DocumentBackend extends AbstractMongoBackend {
    /** The commands that are asked often and write nothing. What stands here by mistake may be lost in a crash. */
    private static final Set<String> READS = Set.of("find", "getMore", "count", "distinct", "hello", "ping");

    private final Regions regions;

    /**
     * Opens the databases that are there.
     *
     * @param store closed with this
     */
    public DocumentBackend(MVStore store) {
        this.regions = new Regions(store);
        regions.namespaces().map(Utils::getDatabaseNameFromFullName).distinct().forEach(this::resolveDatabase);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        return new StoredDatabase(databaseName, regions, getCursorRegistry());
    }

    /** A write is answered once the file has it, as MongoDB answers one once its journal has it. */
    @Override
    public Document handleMessage(MongoMessage message) {
        try {
            return super.handleMessage(message);
        } finally {
            // Also where it ends with an error: it may have written before.
            if (!READS.contains(message.getDocument().keySet().iterator().next())) {
                regions.keep();
            }
        }
    }

    @Override
    public void close() {
        super.close();
        regions.close();
    }

    @Override
    public String toString() {
        return "embedded document database";
    }
}
