package dev.dibs.measures;

/**
 * How far the order in which codes were given out is from the order in which winners had arrived. The order of giving
 * out is that of epochs, and of sequences within an epoch; an arrival is the millisecond in which an instance had the
 * request before it, and two winners of one millisecond are in no order.
 *
 * @param measured winners that have been placed in the order
 * @param unplaced winners whose grab reached the log so late that those behind them had been placed; not measured
 * @param inversions pairs of winners of which the one that arrived later got its code earlier
 * @param overtaken winners that are in such a pair as the one that arrived earlier
 * @param overtakenFar of these, winners whose places lost may be too few, as somebody overtook them who arrived so much
 *     later that it is no longer remembered
 * @param placesLost of each winner measured, by how many that arrived later it was overtaken
 * @param millisLost of each winner measured, by how much the latest of those had arrived later, milliseconds
 */
public record Fairness(
        long measured,
        long unplaced,
        long inversions,
        long overtaken,
        long overtakenFar,
        Distribution placesLost,
        Distribution millisLost) {
    public static final Fairness NONE = new Fairness(0, 0, 0, 0, 0, Distribution.NONE, Distribution.NONE);

    public Fairness {
        if (measured < 0 || unplaced < 0 || inversions < 0 || overtaken < 0 || overtakenFar < 0) {
            throw new IllegalArgumentException("the counts of fairness must be at least 0");
        }
        if (placesLost == null || millisLost == null) {
            throw new IllegalArgumentException("placesLost and millisLost must be there");
        }
    }

    /** Whether the figures are exact; else {@code inversions} and {@code overtaken} are what there is at least. */
    public boolean isExact() {
        return unplaced == 0 && overtakenFar == 0;
    }
}
