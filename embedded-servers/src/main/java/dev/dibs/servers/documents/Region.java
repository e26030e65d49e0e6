package dev.dibs.servers.documents;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * The documents of one collection, or the entries of one index: what lies under the keys of the file's one map that begin
 * with this region's number. The keys that others see are those behind the number, and never empty.
 */
final class Region {
    private static final int PREFIX = Integer.BYTES;

    private final MVMap<byte[], byte[]> map;
    private final int number;
    private final byte[] begin;
    private final byte[] end;
    /** Others put into the map meanwhile, so that to count from here to there would be a little off. */
    private final AtomicLong size;

    /**
     * The only one of this number, while nobody puts into it.
     *
     * @param number at least 0; the regions lie in the map in the order of their numbers
     */
    Region(MVMap<byte[], byte[]> map, int number) {
        this.map = map;
        this.number = number;
        this.begin = bytes(number);
        this.end = bytes(number + 1);
        this.size = new AtomicLong(place(end) - place(begin));
    }

    /** How many keys of the map are below this one, which is none of them. */
    private long place(byte[] bound) {
        return -map.getKeyIndex(bound) - 1;
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(PREFIX).putInt(number).array();
    }

    /** The number of the region that a key of the map lies in. */
    static int numberOf(byte[] whole) {
        return ByteBuffer.wrap(whole).getInt();
    }

    int number() {
        return number;
    }

    private byte[] whole(byte[] key) {
        byte[] whole = Arrays.copyOf(begin, PREFIX + key.length);
        System.arraycopy(key, 0, whole, PREFIX, key.length);
        return whole;
    }

    byte[] get(byte[] key) {
        return map.get(whole(key));
    }

    boolean contains(byte[] key) {
        return map.containsKey(whole(key));
    }

    void put(byte[] key, byte[] value) {
        if (map.put(whole(key), value) == null) {
            size.incrementAndGet();
        }
    }

    /** @return what was there already and stays; null where the value has been put */
    byte[] putIfAbsent(byte[] key, byte[] value) {
        byte[] present = map.putIfAbsent(whole(key), value);
        if (present == null) {
            size.incrementAndGet();
        }
        return present;
    }

    /** @return what was there, or null */
    byte[] remove(byte[] key) {
        return removeWhole(whole(key));
    }

    private byte[] removeWhole(byte[] whole) {
        byte[] removed = map.remove(whole);
        if (removed != null) {
            size.decrementAndGet();
        }
        return removed;
    }

    long size() {
        return size.get();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** One after the other; not in one piece, if the process dies meanwhile. */
    void clear() {
        for (Entries all = entries(); all.next(); ) {
            removeWhole(all.whole);
        }
    }

    /** All entries as they are now, whatever is put and removed meanwhile, in the order of their keys. */
    Entries entries() {
        return new Entries(map.cursor(begin, end, false));
    }

    /** The same from the last to the first. */
    Entries entriesBackwards() {
        return new Entries(map.cursor(end, begin, true));
    }

    /** The same from this key on, whether or not there is such a key. */
    Entries entriesFrom(byte[] key) {
        return new Entries(map.cursor(whole(key), end, false));
    }

    /** Begins in front of the first entry. */
    static final class Entries {
        private final Cursor<byte[], byte[]> cursor;
        private byte[] whole;

        private Entries(Cursor<byte[], byte[]> cursor) {
            this.cursor = cursor;
        }

        boolean hasNext() {
            return cursor.hasNext();
        }

        /** Goes on to the next entry. @return false where there is none */
        boolean next() {
            if (!cursor.hasNext()) {
                return false;
            }
            whole = cursor.next();
            return true;
        }

        byte[] key() {
            return Arrays.copyOfRange(whole, PREFIX, whole.length);
        }

        byte[] value() {
            return cursor.getValue();
        }
    }
}
