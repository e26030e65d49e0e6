package dev.dibs.chaos;

import java.util.List;

/** Nobody but the pulse. */
public final class NoLoad implements Load {

    @Override
    public void start(Targets targets) {
        // Nobody comes.
    }

    @Override
    public void drain() {
        // Nobody waits.
    }

    @Override
    public Outcome check(Targets targets) {
        return new Outcome(0, 0, List.of());
    }

    @Override
    public void close() {
        // Nobody is left.
    }
}
