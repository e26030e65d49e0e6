package dev.dibs.api.operations;

/**
 * How much one import may bring.
 *
 * @param maxBytes of the file
 * @param maxRows codes in the file
 */
record ImportLimits(long maxBytes, int maxRows) {
    static final int MAX_ROWS = 1_000_000;

    ImportLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("dibs.import.max-bytes must be at least 1 but is " + maxBytes);
        }
        if (maxRows < 1 || maxRows > MAX_ROWS) {
            throw new IllegalArgumentException("an import has 1 to " + MAX_ROWS + " rows");
        }
    }
}
