package dev.dibs.chaos;

import dev.dibs.chaos.fault.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Faults in an order that the seed decides: each comes once before any comes again. About every third time two come at
 * once, which concern different parts of the installation.
 */
final class Deck {
    private static final int ONE_IN_THREE = 3;

    private final List<Supplier<Fault>> all;
    private final Random random;
    private final List<Fault> left = new LinkedList<>();

    Deck(Collection<Supplier<Fault>> faults, Random random) {
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("There is no such fault");
        }
        this.all = new ArrayList<>(faults);
        this.random = random;
    }

    /** One fault or two. */
    List<Fault> next() {
        if (left.isEmpty()) {
            Collections.shuffle(all, random);
            all.forEach(fault -> left.add(fault.get()));
        }
        List<Fault> drawn = new ArrayList<>(2);
        drawn.add(left.remove(0));
        if (random.nextInt(ONE_IN_THREE) == 0) {
            addOneThatGoesWith(drawn);
        }
        return drawn;
    }

    private void addOneThatGoesWith(List<Fault> drawn) {
        Fault first = drawn.get(0);
        for (Iterator<Fault> others = left.iterator(); others.hasNext(); ) {
            Fault other = others.next();
            if (Collections.disjoint(first.parts(), other.parts())) {
                others.remove();
                drawn.add(other);
                return;
            }
        }
    }
}
