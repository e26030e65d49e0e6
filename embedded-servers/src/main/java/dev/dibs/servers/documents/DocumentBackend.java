package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import org.h2.mvstore.MVStore;

/** The databases of one file or, for tests, of one store in memory. */
public final class DocumentBackend extends AbstractMongoBackend {
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
