package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Told;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Some of those who were told of a ticket lately, for whoever looks at tickets. Safe for use by several threads. */
final class Winners {
    private static final int KEPT = 2_000;

    record Winner(Shopper shopper, String ticket, String code) {}

    private final Winner[] latest = new Winner[KEPT];
    private int count;

    synchronized void add(Shopper shopper, Told told) {
        latest[count++ % KEPT] = new Winner(shopper, told.ticket(), told.code());
    }

    /** At most so many of them, evenly over all that are kept. */
    synchronized List<Winner> some(int most) {
        int kept = Math.min(count, KEPT);
        int taken = Math.min(most, kept);
        return IntStream.range(0, taken)
                .mapToObj(i -> latest[(int) ((long) i * kept / taken)])
                .toList();
    }

    synchronized Optional<Winner> any(RandomGenerator dice) {
        return count == 0 ? Optional.empty() : Optional.of(latest[dice.nextInt(Math.min(count, KEPT))]);
    }
}
