package dev.dibs.servers.documents;

import java.util.stream.Stream;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * The maps of the file, one per collection. They hold bytes only: the file's own way of storing Java objects serializes
 * both sides of each comparison, which made up nearly all the time of an import.
 */
final class DocumentMaps {
    private static final String PREFIX = "documents.";

    private final MVStore store;

    DocumentMaps(MVStore store) {
        this.store = store;
    }

    /** @param namespace database.collection */
    MVMap<byte[], byte[]> open(String namespace) {
        return store.openMap(
                PREFIX + namespace,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    void remove(String namespace) {
        store.removeMap(PREFIX + namespace);
    }

    void rename(String from, String to) {
        store.renameMap(open(from), PREFIX + to);
    }

    Stream<String> namespaces() {
        return store.getMapNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()));
    }

    /** In bytes; 0 in memory. */
    long size() {
        FileStore<?> file = store.getFileStore();
        return file == null ? 0 : file.size();
    }

    void close() {
        store.close();
    }
}
