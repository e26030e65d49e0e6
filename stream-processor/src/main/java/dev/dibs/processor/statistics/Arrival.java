package dev.dibs.processor.statistics;

/**
 * A winner in the order of giving out (by epoch, then by sequence: within an epoch Redis only goes upwards) and when its
 * request arrived.
 *
 * @param at epoch milliseconds, at least 0
 */
public record Arrival(long epoch, int sequence, long at) implements Comparable<Arrival> {

    @Override
    public int compareTo(Arrival other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Integer.compare(sequence, other.sequence);
    }
}
