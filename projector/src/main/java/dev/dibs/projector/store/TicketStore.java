package dev.dibs.projector.store;

import java.util.Map;

/**
 * Tickets won, and how far the log has been written, by collection. Everything may be repeated and done in any order:
 * the same log gives the same documents.
 */
public interface TicketStore {

    /**
     * Writes a batch, each change for itself: one that is refused does not keep the others from being written. The
     * codes of granted tickets are copied in; one that is not found leaves a code alone that is there already.
     *
     * @throws StoreException where it is not known whether anything was written
     */
    WriteOutcome write(String collection, TicketBatch batch);

    /**
     * The first offset of each partition that has not been written yet; partitions of which nothing has are absent.
     *
     * @throws StoreException where the database does not answer
     */
    Map<Integer, Long> positions(String collection);

    /**
     * Notes how far the log has been written; a position that has been passed already stays as it is. To be called
     * after the data have been acknowledged.
     *
     * @throws StoreException where it is not known whether this was written
     */
    void advance(String collection, Map<Integer, Long> nextOffsets);
}
