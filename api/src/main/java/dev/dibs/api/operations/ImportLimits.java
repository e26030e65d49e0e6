package dev.dibs.api.operations;

/**
 * How much one import may bring.
 *
 * @param maxBytes of the file
 * @param maxRows codes in the file
 * @param batchSize how many codes go to the store at a time
 */
record ImportLimits(long maxBytes, int maxRows, int batchSize) {
    static final int MAX_ROWS = 1_000_000;
    static final int MAX_BATCH = 1_000;

    ImportLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("dibs.import.max-bytes must be at least 1 but is " + maxBytes);
        }
        if (maxRows < 1 || maxRows > MAX_ROWS) {
            throw new IllegalArgumentException("an import has 1 to " + MAX_ROWS + " rows");
        }
        if (batchSize < 1 || batchSize > MAX_BATCH) {
            throw new IllegalArgumentException("a batch has 1 to " + MAX_BATCH + " codes");
        }
    }
}
