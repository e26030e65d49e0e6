package dev.dibs.standalone.report;

import dev.dibs.results.ConservationAlarm;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The latest alarms, and how many there were. Who counts the log anew raises an alarm again; it is the same one. */
final class Alarms {
    static final int SHOWN = 20;
    /** More than that are no more than that: nobody counts them. */
    static final int COUNTED = 10_000;

    private final TreeMap<Long, ConservationAlarm> latest = new TreeMap<>();
    private final LongOpenHashSet offsets = new LongOpenHashSet();

    void add(ConservationAlarm alarm) {
        if (offsets.size() < COUNTED) {
            offsets.add(alarm.logOffset());
        }
        latest.put(alarm.logOffset(), alarm);
        if (latest.size() > SHOWN) {
            latest.pollFirstEntry();
        }
    }

    boolean isEmpty() {
        return latest.isEmpty();
    }

    /** At least so many, where it is {@link #COUNTED}. */
    int count() {
        return offsets.size();
    }

    /** The latest first. */
    Collection<ConservationAlarm> latest() {
        return List.copyOf(latest.descendingMap().values());
    }
}
