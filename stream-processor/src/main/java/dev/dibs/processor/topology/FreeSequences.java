package dev.dibs.processor.topology;

import dev.dibs.ids.ActivityId;
import dev.dibs.processor.statistics.SequenceKey;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The sequences below the greatest that has been issued which nobody holds, as ranges: the beginning of each, and the
 * first sequence behind it. Kept apart from the ledger and by other means than its own, because it is to tell when a
 * sequence is issued twice; whatever a record says, it costs a few entries.
 */
final class FreeSequences {
    private final KeyValueStore<SequenceKey, Integer> ranges;

    FreeSequences(KeyValueStore<SequenceKey, Integer> ranges) {
        this.ranges = ranges;
    }

    /**
     * Notes that a sequence has been issued.
     *
     * @param reached the first sequence above all that have been issued before
     * @return by how much there are more free ones now: those that have been passed over; or one less; or no less, where
     *     it was not free any more
     */
    long issue(ActivityId activityId, long reached, int sequence) {
        if (sequence >= reached) {
            if (sequence > reached) {
                ranges.put(new SequenceKey(activityId, (int) reached), sequence);
            }
            return sequence - reached;
        }
        KeyValue<SequenceKey, Integer> range = rangeAtOrBelow(activityId, sequence);
        if (range == null || range.value <= sequence) {
            return 0;
        }
        ranges.delete(range.key);
        if (range.key.sequence() < sequence) {
            ranges.put(range.key, sequence);
        }
        if (sequence + 1 < range.value) {
            ranges.put(new SequenceKey(activityId, sequence + 1), range.value);
        }
        return -1;
    }

    private KeyValue<SequenceKey, Integer> rangeAtOrBelow(ActivityId activityId, int sequence) {
        try (KeyValueIterator<SequenceKey, Integer> below =
                ranges.reverseRange(new SequenceKey(activityId, 0), new SequenceKey(activityId, sequence))) {
            return below.hasNext() ? below.next() : null;
        }
    }
}
