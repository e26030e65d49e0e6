package dev.dibs.api.eligibility;

import dev.dibs.ledger.Fingerprint;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/** Makes a set of accounts that come in any order, some of them perhaps more than once. */
final class AccountCollector {
    private final LongArrayList halves = new LongArrayList();

    void add(Fingerprint account) {
        halves.add(account.high());
        halves.add(account.low());
    }

    /** How many have been added, those that came before among them. */
    int added() {
        return halves.size() / 2;
    }

    /** The set. Nothing may be added afterwards. */
    AccountSet toSet() {
        long[] all = halves.elements();
        int count = added();
        it.unimi.dsi.fastutil.Arrays.quickSort(
                0,
                count,
                (a, b) -> AccountSet.compare(all[2 * a], all[2 * a + 1], all[2 * b], all[2 * b + 1]),
                (a, b) -> {
                    swap(all, 2 * a, 2 * b);
                    swap(all, 2 * a + 1, 2 * b + 1);
                });
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || all[2 * i] != all[2 * kept - 2] || all[2 * i + 1] != all[2 * kept - 1]) {
                all[2 * kept] = all[2 * i];
                all[2 * kept + 1] = all[2 * i + 1];
                kept++;
            }
        }
        return new AccountSet(java.util.Arrays.copyOf(all, 2 * kept));
    }

    private static void swap(long[] values, int a, int b) {
        long kept = values[a];
        values[a] = values[b];
        values[b] = kept;
    }
}
