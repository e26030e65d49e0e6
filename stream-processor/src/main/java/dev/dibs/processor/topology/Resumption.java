package dev.dibs.processor.topology;

import dev.dibs.topics.Topics;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What stood in the topics when the processor started. An application that goes on where it was needs none of this; one
 * that reads everything anew, after a rebuild or without its state, must neither write a row twice nor show sums that
 * are still growing towards what was shown before.
 *
 * @param results the offset in the log that the last row of the results tells of, by partition
 * @param inputEnds by topic and partition, the first offset that did not exist; partitions with nothing to read are left
 *     out
 */
public record Resumption(Map<Integer, Long> results, Map<String, Map<Integer, Long>> inputEnds) {
    /** Nothing has been written, and nothing needs to be read before something is. */
    public static final Resumption FRESH = new Resumption(Map.of(), Map.of());

    public Resumption {
        results = Map.copyOf(results);
        inputEnds = Map.copyOf(inputEnds);
    }

    /** Whether the results have a row of this event: rows are written in the order of the log. */
    boolean isWritten(int partition, long offset) {
        return offset <= results.getOrDefault(partition, -1L);
    }

    /**
     * Whether everything has been counted that was there at the start.
     *
     * @param positions by topic, the offset behind the last record that has been processed
     */
    boolean hasCaughtUp(int partition, KeyValueStore<String, Long> positions) {
        return isPast(Topics.TICKET_EVENTS, partition, positions) && isPast(Topics.GRAB_FUNNEL, partition, positions);
    }

    private boolean isPast(String topic, int partition, KeyValueStore<String, Long> positions) {
        Long end = inputEnds.getOrDefault(topic, Map.of()).get(partition);
        Long position = end == null ? null : positions.get(topic);
        return end == null || position != null && position >= end;
    }
}
