package dev.dibs.e2e;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far the order of sequences is from the order of arrival.
 *
 * @param grabs all that were looked at
 * @param overtaken those that were passed by one that arrived after them: it has the lower number
 * @param p99Millis of all grabs, how much later the latest one arrived that passed it; zero where none did
 * @param maxMillis the same, of the one that was passed by the latest
 * @param p99Places how many places a grab stands from where it would stand by arrival
 * @param maxPlaces the same, of the one that stands the farthest
 */
record ArrivalOrder(int grabs, int overtaken, long p99Millis, long maxMillis, int p99Places, int maxPlaces) {

    /**
     * A grab that won.
     *
     * @param arrivedAt epoch milliseconds
     * @param instance that it arrived at
     */
    record Grab(int sequence, long arrivedAt, String instance) {}

    static ArrivalOrder of(List<Grab> grabs) {
        List<Grab> bySequence = new ArrayList<>(grabs);
        bySequence.sort(Comparator.comparingInt(Grab::sequence));
        int size = bySequence.size();
        long[] millis = new long[size];
        long latest = Long.MIN_VALUE;
        int overtaken = 0;
        for (int i = 0; i < size; i++) {
            long arrived = bySequence.get(i).arrivedAt;
            latest = Math.max(latest, arrived);
            millis[i] = latest - arrived;
            overtaken += millis[i] > 0 ? 1 : 0;
        }
        // A sort that is stable: who arrived in the same millisecond keeps the order of the sequences.
        List<Integer> byArrival =
                new ArrayList<>(IntStream.range(0, size).boxed().toList());
        byArrival.sort(Comparator.comparingLong(i -> bySequence.get(i).arrivedAt));
        int[] place = new int[size];
        for (int i = 0; i < size; i++) {
            place[i] = Math.abs(byArrival.get(i) - i);
        }
        Arrays.sort(millis);
        Arrays.sort(place);
        return new ArrivalOrder(size, overtaken, p99(millis), millis[size - 1], p99(place), place[size - 1]);
    }

    private static long p99(long[] sorted) {
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }

    private static int p99(int[] sorted) {
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d winners, %,d overtaken (%.2f %%), by p99 %d ms, at most %d ms; places p99 %d, at most %d",
                grabs,
                overtaken,
                100.0 * overtaken / grabs,
                p99Millis,
                maxMillis,
                p99Places,
                maxPlaces);
    }
}
