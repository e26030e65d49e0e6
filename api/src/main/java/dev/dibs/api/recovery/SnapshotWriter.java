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

    /** How much has been written. */
    record Counts(int users, int free) {}

    /**
     * Writes who holds what, and the gaps below the highest sequence that is held.
     *
     * @param cursor the first sequence that nobody has heard of yet
     * @param progress is told of each batch
     */
    static Counts write(MemoryActivityAccount account, int cursor, Construction to, Runnable progress) {
        Map<String, String> users = new HashMap<>(2 * BATCH);
        List<String> free = new ArrayList<>(BATCH);
        int allUsers = 0;
        int allFree = 0;
        for (int sequence = 0; sequence < cursor; sequence++) {
            Holding holding = account.holding(sequence);
            if (holding == null) {
                free.add(Integer.toString(sequence));
                allFree++;
            } else {
                List<Holding> all = account.holdings(holding.user());
                // With a limit above one a user has several sequences, and comes with all of them at the first.
                if (all.stream().noneMatch(other -> other.sequence() < holding.sequence())) {
                    users.put(holding.user().text(), lines(all));
                    allUsers++;
                }
            }
            if (free.size() == BATCH || users.size() == BATCH) {
                flush(users, free, to);
                progress.run();
            }
        }
        flush(users, free, to);
        progress.run();
        return new Counts(allUsers, allFree);
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
