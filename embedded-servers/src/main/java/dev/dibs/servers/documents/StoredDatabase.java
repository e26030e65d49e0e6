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
import org.h2.mvstore.MVMap;

/** The collections of one database. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<DocumentKey> {
    private static final String ID = "_id";

    private final DocumentMaps maps;

    StoredDatabase(String name, DocumentMaps maps, CursorRegistry cursors) {
        super(name, cursors);
        this.maps = maps;
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
                this, collectionName, options, maps.open(getFullCollectionNamespace(collectionName)), cursorRegistry);
    }

    @Override
    protected Index<DocumentKey> openOrCreateUniqueIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        if (keys.size() == 1 && keys.get(0).getKey().equals(ID)) {
            return new IdIndex(indexName, keys, maps.open(getFullCollectionNamespace(collectionName)));
        }
        return new MemoryUniqueIndex(indexName, keys, sparse);
    }

    @Override
    protected Index<DocumentKey> openOrCreateSecondaryIndex(
            String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
        MVMap<byte[], byte[]> entries = maps.openIndex(getFullCollectionNamespace(collectionName), indexName);
        return new TextIndex(indexName, keys, entries, () -> maps.remove(entries));
    }

    @Override
    public void dropCollection(String collectionName, Oplog oplog) {
        super.dropCollection(collectionName, oplog);
        maps.remove(getFullCollectionNamespace(collectionName));
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String newName) {
        String oldNamespace = collection.getFullName();
        super.moveCollection(from, collection, newName);
        maps.rename(oldNamespace, getFullCollectionNamespace(newName));
    }

    @Override
    protected long getFileSize() {
        return maps.size();
    }

    @Override
    protected long getStorageSize() {
        return maps.size();
    }
}
