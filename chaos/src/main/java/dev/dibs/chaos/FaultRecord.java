package dev.dibs.chaos;

import dev.dibs.chaos.fault.Fault;
import dev.dibs.chaos.fault.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What was made at one time, or attempted.
 *
 * @param secondOfRun when
 * @param fault its name; of two at once both, with {@value #AND} between them
 * @param notMade the names of those that did not come about
 * @param what exactly was done
 * @param recoveryMillis the longest time without a grab confirmed by any instance, from the fault until each instance has
 *     confirmed one after its healing; -1 where that did not happen
 * @param instanceMillis the same of the instance that was longest without
 */
public record FaultRecord(
        long secondOfRun, String fault, List<String> notMade, String what, long recoveryMillis, long instanceMillis) {
    static final String AND = " + ";
    /** Under what figures of all pairs stand. */
    static final String TWO_AT_ONCE = "two at once";

    private static final long NEVER = -1;

    public FaultRecord {
        notMade = List.copyOf(notMade);
    }

    /** @param outcomes of these faults, in their order */
    static FaultRecord of(long second, List<Fault> faults, List<Outcome> outcomes, Optional<Gaps.Longest> gap) {
        List<String> notMade = new ArrayList<>();
        List<String> what = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (!outcome.made()) {
                notMade.add(faults.get(i).name());
            }
            what.add((outcome.made() ? "" : "not made: ") + outcome.what());
        }
        return new FaultRecord(
                second,
                String.join(AND, faults.stream().map(Fault::name).toList()),
                notMade,
                String.join("; ", what),
                gap.map(g -> g.anywhere().toMillis()).orElse(NEVER),
                gap.map(g -> g.slowestInstance().toMillis()).orElse(NEVER));
    }

    /** How often each name comes. */
    static Map<String, Integer> count(Collection<FaultRecord> records, Function<FaultRecord, List<String>> names) {
        Map<String, Integer> counts = new TreeMap<>();
        records.forEach(record -> names.apply(record).forEach(name -> counts.merge(name, 1, Integer::sum)));
        return counts;
    }

    /** One name or two. */
    List<String> names() {
        return List.of(fault.split(" \\+ "));
    }

    /** The names of those that came about. */
    List<String> made() {
        return names().stream().filter(name -> !notMade.contains(name)).toList();
    }

    /** Whether its figures say something of what it is called. */
    boolean isMeasured() {
        return notMade.isEmpty() && recoveryMillis >= 0;
    }

    /** Under what its figures stand. */
    String kind() {
        return names().size() > 1 ? TWO_AT_ONCE : fault;
    }
}
