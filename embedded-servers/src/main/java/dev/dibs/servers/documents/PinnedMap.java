package dev.dibs.servers.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The file's map. What is accessed stays in the file until the access is over: its space is used again at once, so that
 * whoever was held up for a few commits would find that what he was about to read is gone.
 */
final class PinnedMap {
    private static final int PIECE_BYTES = 256 * 1024;

    record Entry(byte[] key, byte[] value) {}

    private final MVMap<byte[], byte[]> map;

    PinnedMap(MVMap<byte[], byte[]> map) {
        this.map = map;
    }

    private <T> T pinned(Supplier<T> access) {
        MVStore store = map.getStore();
        MVStore.TxCounter version = store.registerVersionUsage();
        try {
            return access.get();
        } finally {
            store.deregisterVersionUsage(version);
        }
    }

    byte[] get(byte[] key) {
        return pinned(() -> map.get(key));
    }

    boolean contains(byte[] key) {
        return pinned(() -> map.containsKey(key));
    }

    /** @return what was there before, or null */
    byte[] put(byte[] key, byte[] value) {
        return pinned(() -> map.put(key, value));
    }

    /** @return what was there already and stays; null where the value has been put */
    byte[] putIfAbsent(byte[] key, byte[] value) {
        return pinned(() -> map.putIfAbsent(key, value));
    }

    /** @return what was there, or null */
    byte[] remove(byte[] key) {
        return pinned(() -> map.remove(key));
    }

    byte[] firstKey() {
        return pinned(map::firstKey);
    }

    /** The first key from this one on, or null. */
    byte[] ceilingKey(byte[] key) {
        return pinned(() -> map.ceilingKey(key));
    }

    /** How many keys are below this one, which is none of them. */
    long place(byte[] bound) {
        return pinned(() -> -map.getKeyIndex(bound) - 1);
    }

    /**
     * Entries in the order of their keys, as they are now.
     *
     * @param from the first that is looked at
     * @param without this key; null where all are wanted
     * @param to behind which none is looked at
     * @param most at least 1; fewer come where there are no more, or they are large
     */
    List<Entry> piece(byte[] from, byte[] without, byte[] to, boolean backwards, int most) {
        return pinned(() -> {
            List<Entry> piece = new ArrayList<>(most);
            int bytes = 0;
            Cursor<byte[], byte[]> cursor = map.cursor(from, to, backwards);
            while (piece.size() < most && bytes < PIECE_BYTES && cursor.hasNext()) {
                byte[] key = cursor.next();
                if (!Arrays.equals(key, without)) {
                    piece.add(new Entry(key, cursor.getValue()));
                    bytes += key.length + cursor.getValue().length;
                }
            }
            return piece;
        });
    }
}
