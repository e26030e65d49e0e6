package dev.dibs.chaos;

/**
 * One fault that was made.
 *
 * @param secondOfRun when
 * @param what exactly was done
 * @param recoveryMillis the longest time without a grab confirmed by any instance, from the fault until each instance has
 *     confirmed one after its healing; -1 where that did not happen
 * @param instanceMillis the same of the instance that was longest without
 */
public record FaultRecord(long secondOfRun, String fault, String what, long recoveryMillis, long instanceMillis) {}
