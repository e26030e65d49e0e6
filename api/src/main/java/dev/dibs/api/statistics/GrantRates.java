package dev.dibs.api.statistics;

import dev.dibs.ids.ActivityId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * How fast codes are given out, from the ledger of this instance, which knows of all instances' grabs: so it is known at
 * once, and also while the stream-processor is down. Somebody looks once a second; the last looks are remembered.
 */
final class GrantRates {
    /** Over how long a rate is taken. */
    static final int SECONDS = 5;

    private record Look(long at, int granted) {}

    private final Map<ActivityId, Deque<Look>> looks = new ConcurrentHashMap<>();

    /**
     * @param selling the activities that are on sale; of others nothing is remembered
     * @param now epoch milliseconds
     */
    void look(Collection<ActivityId> selling, ToIntFunction<ActivityId> granted, long now) {
        looks.keySet().retainAll(selling);
        for (ActivityId activityId : selling) {
            Deque<Look> past = looks.computeIfAbsent(activityId, id -> new ArrayDeque<>(SECONDS + 1));
            synchronized (past) {
                past.addLast(new Look(now, granted.applyAsInt(activityId)));
                while (past.size() > SECONDS + 1) {
                    past.removeFirst();
                }
            }
        }
    }

    /** Codes per second over the last seconds; 0 where nobody has looked for long enough. */
    double perSecond(ActivityId activityId) {
        Deque<Look> past = looks.get(activityId);
        if (past == null) {
            return 0;
        }
        synchronized (past) {
            if (past.size() < 2) {
                return 0;
            }
            Look first = past.getFirst();
            Look last = past.getLast();
            long millis = last.at - first.at;
            return millis <= 0 ? 0 : Math.max(0, (last.granted - first.granted) * 1_000.0 / millis);
        }
    }
}
