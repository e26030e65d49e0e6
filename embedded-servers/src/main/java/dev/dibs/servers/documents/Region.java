package dev.dibs.servers.documents;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The documents of one collection, or the entries of one index: what lies under the keys of the file's one map that begin
 * with this region's number. The keys that others see are those behind the number, and never empty.
 */
final class Region {
    private static final int PREFIX = Integer.BYTES;

    private final PinnedMap map;
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
    Region(PinnedMap map, int number) {
        this.map = map;
        this.number = number;
        this.begin = bytes(number);
        this.end = bytes(number + 1);
        this.size = new AtomicLong(map.place(end) - map.place(begin));
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
        return map.contains(whole(key));
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
            removeWhole(all.entry.key());
        }
    }

    /**
     * All entries in the order of their keys. Those that are put or removed meanwhile may be among them or not; all others
     * are, once.
     */
    Entries entries() {
        return new Entries(map, begin, end, false);
    }

    /** The same from the last to the first. */
    Entries entriesBackwards() {
        return new Entries(map, end, begin, true);
    }

    /** The same from this key on, whether or not there is such a key. */
    Entries entriesFrom(byte[] key) {
        return new Entries(map, whole(key), end, false);
    }

    /**
     * Begins in front of the first entry. They are read in pieces: nothing in the file has to be kept for a reader who
     * stops half-way, and most who look for one entry are served by the first piece.
     */
    static final class Entries {
        private static final int FIRST_PIECE = 8;
        private static final int LARGEST_PIECE = 128;

        private final PinnedMap map;
        private final byte[] to;
        private final boolean backwards;
        private byte[] from;
        private byte[] last;
        private int pieceSize = FIRST_PIECE;
        private Iterator<PinnedMap.Entry> piece = List.<PinnedMap.Entry>of().iterator();
        private boolean over;
        private PinnedMap.Entry entry;

        private Entries(PinnedMap map, byte[] from, byte[] to, boolean backwards) {
            this.map = map;
            this.from = from;
            this.to = to;
            this.backwards = backwards;
        }

        boolean hasNext() {
            if (!piece.hasNext() && !over) {
                List<PinnedMap.Entry> read = map.piece(from, last, to, backwards, pieceSize);
                piece = read.iterator();
                over = read.isEmpty();
                if (!over) {
                    last = read.get(read.size() - 1).key();
                    from = last;
                    pieceSize = Math.min(2 * pieceSize, LARGEST_PIECE);
                }
            }
            return piece.hasNext();
        }

        /** Goes on to the next entry. @return false where there is none */
        boolean next() {
            if (!hasNext()) {
                return false;
            }
            entry = piece.next();
            return true;
        }

        byte[] key() {
            return Arrays.copyOfRange(entry.key(), PREFIX, entry.key().length);
        }

        byte[] value() {
            return entry.value();
        }
    }
}
