package dev.dibs.chaos;

import java.util.List;

/**
 * What was made at one time.
 *
 * @param secondOfRun when
 * @param fault its name; of two at once both, with {@value #AND} between them
 * @param what exactly was done
 * @param recoveryMillis the longest time without a grab confirmed by any instance, from the fault until each instance has
 *     confirmed one after its healing; -1 where that did not happen
 * @param instanceMillis the same of the instance that was longest without
 */
public record FaultRecord(long secondOfRun, String fault, String what, long recoveryMillis, long instanceMillis) {
    static final String AND = " + ";
    /** Under what figures of all pairs stand. */
    static final String TWO_AT_ONCE = "two at once";

    /** One name or two. */
    List<String> names() {
        return List.of(fault.split(" \\+ "));
    }

    /** Under what its figures stand. */
    String kind() {
        return names().size() > 1 ? TWO_AT_ONCE : fault;
    }
}
