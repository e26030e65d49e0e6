package dev.dibs.model;

/**
 * What a Redis server holds of the activity, in one int: cursor, free list, fence, epoch, and the users' claims. The
 * free list is always ascending (recovery writes it so, and claims take its first), so a set of bits will do.
 */
final class RedisData {
    static final int STOCK = 2;
    private static final int FREE = 2;
    private static final int FENCE = 4;
    private static final int EPOCH = 8;
    private static final int MARKS = 11;

    private RedisData() {}

    static int of(int cursor, int free, int fence, int epoch) {
        return cursor | free << FREE | fence << FENCE | epoch << EPOCH;
    }

    static int cursor(int data) {
        return data & 3;
    }

    static int free(int data) {
        return data >>> FREE & 3;
    }

    static int fence(int data) {
        return data >>> FENCE & 15;
    }

    static int epoch(int data) {
        return data >>> EPOCH & 7;
    }

    /** The epoch of this user's claim of this sequence, or -1. */
    static int claimEpoch(int data, int user, int sequence) {
        return (data >>> shift(user, sequence) & 7) - 1;
    }

    static int withClaim(int data, int user, int sequence, int epoch) {
        return data & ~(7 << shift(user, sequence)) | (epoch + 1) << shift(user, sequence);
    }

    /** The sequence that the next new claim gets, or -1 when sold out. */
    static int next(int data) {
        if (free(data) != 0) {
            return Integer.numberOfTrailingZeros(free(data));
        }
        return cursor(data) < STOCK ? cursor(data) : -1;
    }

    /** Takes {@link #next}. */
    static int withoutNext(int data) {
        if (free(data) != 0) {
            int left = free(data) & (free(data) - 1);
            return data & ~(3 << FREE) | left << FREE;
        }
        return data + 1;
    }

    private static int shift(int user, int sequence) {
        return MARKS + 3 * (user * STOCK + sequence);
    }
}
