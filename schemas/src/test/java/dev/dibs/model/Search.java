package dev.dibs.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Goes through the states of a model breadth first, so that the first violation it meets has a shortest trace. */
final class Search {
    /**
     * @param violation null where none was found
     * @param truncated whether there were more states than the setup allows
     * @param states how many states were looked at
     * @param trace the steps to the violation
     */
    record Outcome(Violation violation, boolean truncated, int states, List<String> trace) {}

    private final Setup setup;
    private final ClaimModel model;
    private final StateStore seen = new StateStore();
    private final long[] words = new long[State.WORDS];

    private Search(Setup setup) {
        this.setup = setup;
        this.model = new ClaimModel(setup);
    }

    static Outcome of(Setup setup) {
        return new Search(setup).search();
    }

    private Outcome search() {
        model.start().pack(words);
        seen.add(words, -1);
        for (int index = 0; index < seen.size(); index++) {
            State state = state(index);
            Violation violation = model.violation(state);
            if (violation != null) {
                return new Outcome(violation, false, index + 1, trace(index));
            }
            if (seen.size() > setup.maxStates()) {
                return new Outcome(null, true, index + 1, List.of());
            }
            int parent = index;
            model.successors(state, (description, next) -> {
                next.pack(words);
                seen.add(words, parent);
            });
        }
        return new Outcome(null, false, seen.size(), List.of());
    }

    private State state(int index) {
        seen.get(index, words);
        return State.unpack(words, setup.budget().users());
    }

    private List<String> trace(int last) {
        List<String> trace = new ArrayList<>();
        for (int index = last; seen.parent(index) >= 0; index = seen.parent(index)) {
            trace.add(step(seen.parent(index), index));
        }
        Collections.reverse(trace);
        return trace;
    }

    /** Descriptions are not kept; the step is taken again. */
    private String step(int from, int to) {
        long[] wanted = new long[State.WORDS];
        seen.get(to, wanted);
        List<String> found = new ArrayList<>();
        model.successors(state(from), (description, next) -> {
            next.pack(words);
            if (Arrays.equals(words, wanted)) {
                found.add(description.get());
            }
        });
        return found.get(0);
    }
}
