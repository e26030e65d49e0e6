package dev.dibs.api.export;

/**
 * A ticket won, as it stands in the file. Never to be logged.
 *
 * @param grabbedAt epoch milliseconds
 * @param redeemedAt epoch milliseconds, or null
 * @param revokedAt epoch milliseconds, or null
 */
record ResultRow(
        int sequence,
        String ticketId,
        String userId,
        String ticketKind,
        String code,
        long grabbedAt,
        Long redeemedAt,
        Long revokedAt) {
    @Override
    public String toString() {
        return "ResultRow[sequence=" + sequence + "]";
    }
}
