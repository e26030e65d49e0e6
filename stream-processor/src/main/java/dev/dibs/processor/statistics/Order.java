package dev.dibs.processor.statistics;

import dev.dibs.measures.Fairness;
import dev.dibs.measures.Spread;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Compares the order in which an activity's codes were given out with the order of arrival, one winner at a time and in
 * bounded room, whatever the size of the sale.
 *
 * <p>Winners reach the log nearly, not exactly, in the order of giving out. So each is held back until the one before it
 * has come, or until {@link #HELD_BACK} wait: then the first of them is placed, as the one before it may never come. Who
 * comes behind somebody who has been placed is not measured but counted. Once placed, a winner is compared with those
 * before it: with the latest arrival of them all, and with how many arrived in each of the last
 * {@link #REMEMBERED_MILLIS} milliseconds before that one. So all figures are exact, unless somebody came too late or was
 * overtaken from farther away than is remembered; both are counted.
 */
public final class Order {
    /** So many winners may be missing in the middle without anything lost. */
    static final int HELD_BACK = 256;
    /** Somebody who is overtaken by one who arrived this much later or more may lose more places than are counted. */
    static final int REMEMBERED_MILLIS = 256;

    final TreeSet<Arrival> held;
    final int[] arrived;
    final Spread placesLost;
    final Spread millisLost;
    /** The last that has been placed. */
    private long epoch;

    private int sequence;
    /** The latest arrival of those that have been placed. */
    private long latest;

    private long unplaced;
    private long inversions;
    private long overtaken;
    private long overtakenFar;

    /**
     * The single numbers, as they are stored.
     *
     * @param epoch and sequence of the last that has been placed; -1 before the first
     * @param latest arrival of those that have been placed, epoch milliseconds
     */
    record Marks(
            long epoch, int sequence, long latest, long unplaced, long inversions, long overtaken, long overtakenFar) {
        static final Marks NONE = new Marks(-1, -1, 0, 0, 0, 0, 0);
    }

    Order(Marks marks, TreeSet<Arrival> held, int[] arrived, Spread placesLost, Spread millisLost) {
        this.held = held;
        this.arrived = arrived;
        this.placesLost = placesLost;
        this.millisLost = millisLost;
        this.epoch = marks.epoch;
        this.sequence = marks.sequence;
        this.latest = marks.latest;
        this.unplaced = marks.unplaced;
        this.inversions = marks.inversions;
        this.overtaken = marks.overtaken;
        this.overtakenFar = marks.overtakenFar;
    }

    public static Order empty() {
        return new Order(Marks.NONE, new TreeSet<>(), new int[REMEMBERED_MILLIS], new Spread(), new Spread());
    }

    Marks marks() {
        return new Marks(epoch, sequence, latest, unplaced, inversions, overtaken, overtakenFar);
    }

    /** Takes the next valid grab of the log. */
    public void add(Arrival arrival) {
        if (arrival.epoch() < epoch || arrival.epoch() == epoch && arrival.sequence() <= sequence) {
            unplaced++;
            return;
        }
        if (held.isEmpty() && follows(arrival)) {
            place(arrival);
            return;
        }
        held.add(arrival);
        placeWhoeverMayBe(arrival.epoch());
    }

    private void placeWhoeverMayBe(long newestEpoch) {
        while (!held.isEmpty()) {
            Arrival first = held.first();
            // Of an epoch that is over, no valid grab can come any more.
            boolean over = first.epoch() < newestEpoch;
            if (!over && !follows(first) && held.size() <= HELD_BACK) {
                return;
            }
            place(held.pollFirst());
        }
    }

    /**
     * Whether nobody can be between the last that was placed and this one. A new epoch may begin with any sequence that
     * was left free; only of the very first one it is known that none comes before it.
     */
    private boolean follows(Arrival arrival) {
        return arrival.epoch() == epoch ? arrival.sequence() == sequence + 1 : arrival.sequence() == 0;
    }

    private void place(Arrival arrival) {
        epoch = arrival.epoch();
        sequence = arrival.sequence();
        long behind = latest - arrival.at();
        if (behind <= 0) {
            advance(arrival.at());
            placesLost.add(0);
            millisLost.add(0);
        } else {
            long places = laterThan(arrival.at());
            overtaken++;
            inversions += places;
            if (behind >= REMEMBERED_MILLIS) {
                overtakenFar++;
            }
            placesLost.add(places);
            millisLost.add(behind);
        }
        if (latest - arrival.at() < REMEMBERED_MILLIS) {
            arrived[slot(arrival.at())]++;
        }
    }

    private void advance(long at) {
        if (at - latest >= REMEMBERED_MILLIS) {
            Arrays.fill(arrived, 0);
        } else {
            for (long millis = latest + 1; millis <= at; millis++) {
                arrived[slot(millis)] = 0;
            }
        }
        latest = at;
    }

    private long laterThan(long at) {
        long found = 0;
        for (long millis = Math.max(at, latest - REMEMBERED_MILLIS) + 1; millis <= latest; millis++) {
            found += arrived[slot(millis)];
        }
        return found;
    }

    private static int slot(long millis) {
        return (int) (millis % REMEMBERED_MILLIS);
    }

    /** As it would be if nobody came any more: whoever is held back is placed. */
    public Fairness fairness() {
        Order whole = this;
        if (!held.isEmpty()) {
            whole = copy();
            while (!whole.held.isEmpty()) {
                whole.place(whole.held.pollFirst());
            }
        }
        return new Fairness(
                whole.placesLost.count(),
                whole.unplaced,
                whole.inversions,
                whole.overtaken,
                whole.overtakenFar,
                whole.placesLost.distribution(),
                whole.millisLost.distribution());
    }

    private Order copy() {
        return new Order(marks(), new TreeSet<>(held), arrived.clone(), placesLost.copy(), millisLost.copy());
    }
}
