package dev.dibs.api.recovery;

import dev.dibs.inventory.UserEntry;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what the ledger says of an activity, a batch at a time. */
final class SnapshotWriter {
    private static final int BATCH = 1_000;

    private SnapshotWriter() {}

    /**
     * Writes who holds what, and the gaps below the highest sequence that is held.
     *
     * @param cursor the first sequence that nobody has heard of yet
     * @param progress is told of each batch
     */
    static void write(MemoryActivityAccount account, int cursor, Construction to, Runnable progress) {
        Map<String, String> users = new HashMap<>(2 * BATCH);
        List<String> free = new ArrayList<>(BATCH);
        for (int sequence = 0; sequence < cursor; sequence++) {
            Holding holding = account.holding(sequence);
            if (holding == null) {
                free.add(Integer.toString(sequence));
            } else {
                // With a limit above one the same user comes several times, each time with all of the tickets.
                users.put(holding.user().text(), lines(account.holdings(holding.user())));
            }
            if (free.size() == BATCH || users.size() == BATCH) {
                flush(users, free, to);
                progress.run();
            }
        }
        flush(users, free, to);
        progress.run();
    }

    private static void flush(Map<String, String> users, List<String> free, Construction to) {
        if (!users.isEmpty()) {
            to.addUsers(users);
            users.clear();
        }
        if (!free.isEmpty()) {
            to.addFree(free);
            free.clear();
        }
    }

    private static String lines(List<Holding> holdings) {
        return holdings.stream()
                .map(h -> new UserEntry(
                                h.epoch(), h.request(), h.sequence(), h.ticketId(), h.grabbedAt(), h.grabbedAt())
                        .line())
                .collect(Collectors.joining("\n"));
    }
}
