package dev.dibs.servers.documents;

import java.util.List;
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
    private static final String INDEX_PREFIX = "index.";
    /** Parts a namespace from the name of one of its indexes; no namespace has it. */
    private static final char INDEX = '/';

    private final MVStore store;

    DocumentMaps(MVStore store) {
        this.store = store;
    }

    /** @param namespace database.collection */
    MVMap<byte[], byte[]> open(String namespace) {
        return map(PREFIX + namespace);
    }

    /** The entries of an index of a collection. */
    MVMap<byte[], byte[]> openIndex(String namespace, String index) {
        return map(INDEX_PREFIX + namespace + INDEX + index);
    }

    private MVMap<byte[], byte[]> map(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    void remove(String namespace) {
        store.removeMap(PREFIX + namespace);
    }

    void remove(MVMap<?, ?> map) {
        store.removeMap(map);
    }

    /** With its indexes. */
    void rename(String from, String to) {
        store.renameMap(open(from), PREFIX + to);
        String indexes = INDEX_PREFIX + from + INDEX;
        List.copyOf(store.getMapNames()).stream()
                .filter(name -> name.startsWith(indexes))
                .forEach(name ->
                        store.renameMap(map(name), INDEX_PREFIX + to + INDEX + name.substring(indexes.length())));
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
