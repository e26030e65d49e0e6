package dev.dibs.projector.store;

import java.util.List;

/**
 * The versions of the collection of tickets won, and the pointer that says which one is read. A rebuild makes a new
 * version beside the current one and switches the pointer when it is complete.
 *
 * <p>All methods throw {@link StoreException} where the database does not answer.
 */
public interface TicketVersions {

    /** The collection to be read and written. */
    String current();

    /** Makes sure that this collection has its indexes. */
    void prepare(String collection);

    /** Makes a new, empty collection, of which the number is above that of all others; nobody else is given it. */
    String createNext();

    /**
     * Moves the pointer in one step.
     *
     * @return whether the pointer is at {@code next} now; false where it was no longer at {@code expected}
     */
    boolean switchTo(String expected, String next);

    /** The collections older than this one, oldest first. */
    List<String> olderThan(String collection);

    /**
     * Since when this collection is known to be replaced; noted for now where nobody has noted it yet.
     *
     * @param now epoch milliseconds
     * @return epoch milliseconds
     */
    long replacedSince(String collection, long now);

    /** Drops a collection, its positions and the note of its replacement. */
    void drop(String collection);

    /** Counts a collection's rows; reads all of it. */
    Census count(String collection);

    /**
     * @param rows how many tickets
     * @param withoutCode how many of them without a code
     */
    record Census(long rows, long withoutCode) {
        public long withCode() {
            return rows - withoutCode;
        }
    }
}
