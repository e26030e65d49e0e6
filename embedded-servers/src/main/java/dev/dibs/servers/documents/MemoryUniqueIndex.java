package dev.dibs.servers.documents;

import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A unique index on anything but {@code _id}. It is in memory only, and built anew from the documents whenever the file
 * is opened, so that after a crash it cannot differ from them.
 */
final class MemoryUniqueIndex extends AbstractUniqueIndex<DocumentKey> {
    private final Map<KeyValue, DocumentKey> positions = new ConcurrentHashMap<>();

    MemoryUniqueIndex(String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
    }

    @Override
    protected DocumentKey removeDocument(KeyValue values) {
        return positions.remove(values);
    }

    @Override
    protected boolean putKeyPosition(KeyValue values, DocumentKey position) {
        return positions.putIfAbsent(values, position) == null;
    }

    @Override
    protected Iterable<Entry<KeyValue, DocumentKey>> getIterable() {
        return positions.entrySet();
    }

    @Override
    protected DocumentKey getPosition(KeyValue values) {
        return positions.get(values);
    }

    @Override
    public long getCount() {
        return positions.size();
    }

    @Override
    public long getDataSize() {
        return 0;
    }
}
