package dev.dibs.chaos.workload;

import dev.dibs.chaos.history.Told;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Some of those who were told of a ticket lately, for whoever looks at tickets. Safe for use by several threads. */
final class Winners {
    private static final int KEPT = 2_000;

    record Winner(Shopper shopper, String ticket, String code) {}

    private final Winner[] latest = new Winner[KEPT];
    private int count;

    synchronized void add(Shopper shopper, Told told) {
        latest[count++ % KEPT] = new Winner(shopper, told.ticket(), told.code());
    }

    synchronized Optional<Winner> any(RandomGenerator dice) {
        return count == 0 ? Optional.empty() : Optional.of(latest[dice.nextInt(Math.min(count, KEPT))]);
    }
}
