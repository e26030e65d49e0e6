package dev.dibs.servers.documents;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * All collections and their indexes, in one map of the file. One, because what the file keeps of a map when the process
 * is killed is the map as it was at some moment, but of each map at another moment: with a map for each collection, a
 * position could outlive the tickets that had been written before it.
 *
 * <p>The map holds bytes only: the file's own way of storing Java objects serializes both sides of each comparison, which
 * made up nearly all the time of an import.
 */
final class Regions {
    private static final String MAP = "regions";
    private static final String DOCUMENTS = "documents.";
    private static final String INDEX = "index.";
    /** Parts a namespace from the name of one of its indexes; no namespace has it. */
    private static final char BEFORE_INDEX = '/';

    private final MVStore store;
    private final PinnedMap map;
    /** By the number of a region: its name. */
    private final Region directory;

    private final Map<String, Region> byName = new HashMap<>();
    /** How often it was asked to keep what had been put, and up to which of these times all of it is kept. */
    private final AtomicLong asked = new AtomicLong();

    private long kept;
    private int unused = 1;

    Regions(MVStore store) {
        this.store = store;
        this.map = new PinnedMap(store.openMap(
                MAP,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE)));
        this.directory = new Region(map, 0);
        read();
        clearWhatNobodyNames();
    }

    private void read() {
        for (Region.Entries all = directory.entries(); all.next(); ) {
            int number = ByteBuffer.wrap(all.key()).getInt();
            byName.put(new String(all.value(), StandardCharsets.UTF_8), new Region(map, number));
        }
        List.copyOf(byName.keySet()).stream()
                .filter(name -> name.startsWith(INDEX))
                .filter(name ->
                        !byName.containsKey(DOCUMENTS + name.substring(INDEX.length(), name.indexOf(BEFORE_INDEX))))
                .forEach(this::removeByName);
    }

    /** The process may have died within a removal. */
    private void clearWhatNobodyNames() {
        List<Integer> named = byName.values().stream().map(Region::number).toList();
        for (byte[] key = map.firstKey(); key != null; ) {
            Region region = new Region(map, Region.numberOf(key));
            unused = Math.max(unused, region.number() + 1);
            if (region.number() != 0 && !named.contains(region.number())) {
                region.clear();
            }
            key = map.ceilingKey(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(region.number() + 1)
                    .array());
        }
        named.forEach(number -> unused = Math.max(unused, number + 1));
    }

    /** @param namespace database.collection */
    Region open(String namespace) {
        return openByName(DOCUMENTS + namespace);
    }

    /** The entries of an index of a collection. */
    Region openIndex(String namespace, String index) {
        return openByName(INDEX + namespace + BEFORE_INDEX + index);
    }

    private synchronized Region openByName(String name) {
        Region known = byName.get(name);
        if (known == null) {
            known = new Region(map, unused++);
            enter(name, known);
        }
        return known;
    }

    private void enter(String name, Region region) {
        directory.put(key(region), name.getBytes(StandardCharsets.UTF_8));
        byName.put(name, region);
    }

    private static byte[] key(Region region) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(region.number()).array();
    }

    void remove(String namespace) {
        removeByName(DOCUMENTS + namespace);
    }

    void removeIndex(String namespace, String index) {
        removeByName(INDEX + namespace + BEFORE_INDEX + index);
    }

    /** The name first: from then on nobody finds it, also if the process dies before all of it is gone. */
    private synchronized void removeByName(String name) {
        Region removed = byName.remove(name);
        if (removed != null) {
            directory.remove(key(removed));
            removed.clear();
        }
    }

    /** With its indexes; where the process dies in between, those that are missing are built anew. */
    synchronized void rename(String from, String to) {
        renameOne(DOCUMENTS + from, DOCUMENTS + to);
        String indexes = INDEX + from + BEFORE_INDEX;
        List.copyOf(byName.keySet()).stream()
                .filter(name -> name.startsWith(indexes))
                .forEach(name -> renameOne(name, INDEX + to + BEFORE_INDEX + name.substring(indexes.length())));
    }

    private void renameOne(String from, String to) {
        removeByName(to);
        enter(to, byName.remove(from));
    }

    synchronized Stream<String> namespaces() {
        return List.copyOf(byName.keySet()).stream()
                .filter(name -> name.startsWith(DOCUMENTS))
                .map(name -> name.substring(DOCUMENTS.length()));
    }

    /**
     * Returns once the disk has all that has been put. Whoever comes while others are waiting shares their turn. In memory
     * there is nothing to do.
     */
    void keep() {
        if (store.getFileStore() == null) {
            return;
        }
        long mine = asked.incrementAndGet();
        synchronized (asked) {
            if (kept < mine) {
                long all = asked.get();
                store.commit();
                // What the file's own thread has begun to write is no longer unwritten, and not there yet either.
                store.executeFilestoreOperation(store::sync);
                kept = all;
            }
        }
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
