package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;

/** The collections of one database. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<DocumentKey> {
    private static final String ID = "_id";

    private final Regions regions;

    StoredDatabase(String name, Regions regions, CursorRegistry cursors) {
        super(name, cursors);
        this.regions = regions;
        initializeNamespacesAndIndexes();
        indexIdsOfAll();
    }

    /** The process may have died between creating a collection and writing down its index. */
    private void indexIdsOfAll() {
        resolveCollection("system.namespaces", true).queryAllAsStream().forEach(collection -> {
            String namespace = (String) collection.get("name");
            addIndex(new Document("key", new Document(ID, 1))
                    .append("name", "_id_")
                    .append("ns", namespace)
                    .append("v", 2));
        });
    }

    @Override
    protected MongoCollection<DocumentKey> openOrCreateCollection(String collectionName, CollectionOptions options) {
        return new StoredCollection(
                this,
                collectionName,
                options,
                regions.open(getFullCollectionNamespace(collectionName)),
                cursorRegistry);
    }

    @Override
    protected Index<DocumentKey> openOrCreateUniqueIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        if (keys.size() == 1 && keys.get(0).getKey().equals(ID)) {
            return new IdIndex(indexName, keys, regions.open(getFullCollectionNamespace(collectionName)));
        }
        return new MemoryUniqueIndex(indexName, keys, sparse);
    }

    @Override
    protected Index<DocumentKey> openOrCreateSecondaryIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        String namespace = getFullCollectionNamespace(collectionName);
        return new TextIndex(
                indexName,
                keys,
                regions.openIndex(namespace, indexName),
                () -> regions.removeIndex(namespace, indexName));
    }

    @Override
    public void dropCollection(String collectionName, Oplog oplog) {
        super.dropCollection(collectionName, oplog);
        regions.remove(getFullCollectionNamespace(collectionName));
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
        String oldNamespace = collection.getFullName();
        super.moveCollection(from, collection, newName);
        regions.rename(oldNamespace, getFullCollectionNamespace(newName));
    }

    @Override
    protected long getFileSize() {
        return regions.size();
    }

    @Override
    protected long getStorageSize() {
        return regions.size();
    }
}
