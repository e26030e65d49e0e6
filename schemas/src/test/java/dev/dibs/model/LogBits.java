package dev.dibs.model;

/** A log of at most seven records in one long, six bits each; 0 is no record. */
final class LogBits {
    static final int OPENING = 1;
    private static final int FIRST_CLAIM = 2;
    private static final int EPOCHS = 7;
    private static final int BITS = 6;

    private LogBits() {}

    static int claim(int user, int sequence, int epoch) {
        return FIRST_CLAIM + (user * RedisData.STOCK + sequence) * EPOCHS + epoch;
    }

    static int user(int claim) {
        return (claim - FIRST_CLAIM) / EPOCHS / RedisData.STOCK;
    }

    static int sequence(int claim) {
        return (claim - FIRST_CLAIM) / EPOCHS % RedisData.STOCK;
    }

    static int epoch(int claim) {
        return (claim - FIRST_CLAIM) % EPOCHS;
    }

    static int length(long log) {
        return (Long.SIZE - Long.numberOfLeadingZeros(log) + BITS - 1) / BITS;
    }

    static int get(long log, int offset) {
        return (int) (log >>> offset * BITS) & 63;
    }

    static long append(long log, int record) {
        return log | (long) record << length(log) * BITS;
    }

    static long first(long log, int records) {
        return log & (1L << records * BITS) - 1;
    }

    static boolean contains(long log, int record) {
        for (int offset = length(log) - 1; offset >= 0; offset--) {
            if (get(log, offset) == record) {
                return true;
            }
        }
        return false;
    }
}
