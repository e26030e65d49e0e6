package dev.dibs.chaos;

import dev.dibs.chaos.fault.Fault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Faults in an order that the seed decides: each comes once before any comes again. */
final class Deck {
    private final List<Supplier<Fault>> all;
    private final Random random;
    private final Deque<Supplier<Fault>> left = new ArrayDeque<>();

    Deck(Collection<Supplier<Fault>> faults, Random random) {
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("There is no such fault");
        }
        this.all = new ArrayList<>(faults);
        this.random = random;
    }

    Fault next() {
        if (left.isEmpty()) {
            Collections.shuffle(all, random);
            left.addAll(all);
        }
        return left.pop().get();
    }
}
