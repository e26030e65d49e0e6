package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import de.bwaldvogel.mongo.exception.ImmutableFieldException;
import java.util.List;

/**
 * The unique index on {@code _id}. It has no entries of its own, for the documents lie under their ids already: others
 * could differ from them after a crash between writing the one and the other.
 */
final class IdIndex extends Index<DocumentKey> {
    private final Region documents;

    IdIndex(String name, List<IndexKey> keys, Region documents) {
        super(name, keys, false);
        this.documents = documents;
    }

    private static Object id(Document document) {
        return document.get("_id");
    }

    @Override
    public DocumentKey getPosition(Document document) {
        DocumentKey key = DocumentKey.of(id(document));
        return documents.contains(key.bytes()) ? key : null;
    }

    @Override
    public void checkAdd(Document document, MongoCollection<DocumentKey> collection) {
        if (getPosition(document) != null) {
            throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(id(document)));
        }
    }

    @Override
    public void add(Document document, DocumentKey position, MongoCollection<DocumentKey> collection) {
        // The collection has stored it under its id.
    }

    @Override
    public DocumentKey remove(Document document) {
        // The collection removes what lies there.
        return getPosition(document);
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<DocumentKey> collection) {
        if (!DocumentKey.of(id(before)).equals(DocumentKey.of(id(after)))) {
            throw new ImmutableFieldException(
                    "After applying the update, the (immutable) field '_id' was found to have been altered to _id: "
                            + id(after));
        }
    }

    @Override
    public void updateInPlace(
            Document before, Document after, DocumentKey position, MongoCollection<DocumentKey> collection) {
        // The id stays.
    }

    @Override
    public boolean canHandle(Document query) {
        // The collection looks for ids itself.
        return false;
    }

    @Override
    public Iterable<DocumentKey> getPositions(Document query) {
        throw new UnsupportedOperationException("The collection looks for ids itself");
    }

    @Override
    public boolean isUnique() {
        return true;
    }

    @Override
    public long getCount() {
        return documents.size();
    }

    @Override
    public long getDataSize() {
        return 0;
    }

    @Override
    public void drop() {
        // The documents stay.
    }
}
