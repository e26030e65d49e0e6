package dev.dibs.ledger;

import dev.dibs.ids.ActivityId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

/** Accounts in memory. One thread folds; any thread may read. */
public final class MemoryLedgerState implements LedgerState {
    private final ConcurrentMap<ActivityId, MemoryActivityAccount> accounts = new ConcurrentHashMap<>();
    private final Set<ActivityId> released = ConcurrentHashMap.newKeySet();

    @Override
    public MemoryActivityAccount account(ActivityId activityId) {
        MemoryActivityAccount account = accounts.get(activityId);
        return account != null ? account : accounts.computeIfAbsent(activityId, id -> new MemoryActivityAccount());
    }

    /** The account of an activity of which something has been folded, or null; creates nothing. */
    public MemoryActivityAccount accountIfPresent(ActivityId activityId) {
        return accounts.get(activityId);
    }

    public void forEach(BiConsumer<ActivityId, MemoryActivityAccount> action) {
        accounts.forEach(action);
    }

    /**
     * Forgets an activity for good: from now on there is no account of it, and an empty one must not be taken for it.
     */
    public void release(ActivityId activityId) {
        released.add(activityId);
        accounts.remove(activityId);
    }

    @Override
    public boolean isReleased(ActivityId activityId) {
        return released.contains(activityId);
    }
}
