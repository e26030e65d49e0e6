package dev.dibs.api.export;

/**
 * A place in the log.
 *
 * @param offset the first offset that does not count
 */
record LogPosition(int partition, long offset) {
    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}
