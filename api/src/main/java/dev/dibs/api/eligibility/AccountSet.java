package dev.dibs.api.eligibility;

import dev.dibs.ledger.Fingerprint;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The fingerprints of up to a million accounts: 16 bytes each, and half a megabyte of index. They are in order, and as
 * they are evenly spread, their first bits lead to the handful among which one must be.
 */
final class AccountSet {
    /** Of a list. */
    static final int MAX_ACCOUNTS = 1_000_000;

    static final int ACCOUNT_BYTES = 2 * Long.BYTES;

    private static final int ID_DIGITS = 32;
    /** Accounts per bucket are about 2 to the power of this: two or three cache lines. */
    private static final int BUCKET_BITS = 3;

    /** High and low half of each in turn, ascending as unsigned numbers, none twice. */
    private final long[] halves;

    /** Where each bucket begins, and the end. */
    private final int[] starts;

    private final int shift;

    /** @param halves in order, and not to be changed any more */
    AccountSet(long[] halves) {
        this.halves = halves;
        int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(size()) - BUCKET_BITS);
        this.shift = Long.SIZE - bits;
        this.starts = new int[(1 << bits) + 1];
        for (int i = 0; i < size(); i++) {
            starts[bucket(high(i)) + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
    }

    static AccountSet empty() {
        return new AccountSet(new long[0]);
    }

    int size() {
        return halves.length / 2;
    }

    boolean contains(Fingerprint account) {
        int bucket = bucket(account.high());
        for (int i = starts[bucket]; i < starts[bucket + 1]; i++) {
            if (high(i) == account.high() && low(i) == account.low()) {
                return true;
            }
        }
        return false;
    }

    AccountSet plus(AccountSet others) {
        return merge(others, true, true);
    }

    AccountSet minus(AccountSet others) {
        return merge(others, false, false);
    }

    /** The first half of the SHA-256 of the content, in hexadecimal digits: equal for equal sets only. */
    String hash() {
        MessageDigest sha = sha256();
        ByteBuffer bytes = ByteBuffer.allocate(ACCOUNT_BYTES);
        for (int i = 0; i < size(); i++) {
            sha.update(bytes.clear().putLong(high(i)).putLong(low(i)).array());
        }
        return HexFormat.of().formatHex(sha.digest()).substring(0, ID_DIGITS);
    }

    /** The accounts [from, to) in order, 16 bytes each. */
    byte[] bytes(int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * ACCOUNT_BYTES);
        for (int i = from; i < to; i++) {
            bytes.putLong(high(i)).putLong(low(i));
        }
        return bytes.array();
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    private AccountSet merge(AccountSet others, boolean theirs, boolean both) {
        long[] merged = new long[halves.length + (theirs ? others.halves.length : 0)];
        int length = 0;
        int mine = 0;
        int other = 0;
        while (mine < size() || theirs && other < others.size()) {
            int order = mine == size()
                    ? 1
                    : other == others.size()
                            ? -1
                            : compare(high(mine), low(mine), others.high(other), others.low(other));
            AccountSet from = order <= 0 ? this : others;
            int at = order <= 0 ? mine : other;
            if (order < 0 || (order == 0 ? both : theirs)) {
                merged[length++] = from.high(at);
                merged[length++] = from.low(at);
            }
            mine += order <= 0 ? 1 : 0;
            other += order >= 0 ? 1 : 0;
        }
        return new AccountSet(length == merged.length ? merged : Arrays.copyOf(merged, length));
    }

    private int bucket(long high) {
        return (int) (high >>> shift);
    }

    private long high(int i) {
        return halves[2 * i];
    }

    private long low(int i) {
        return halves[2 * i + 1];
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256; this one does not", e);
        }
    }
}
