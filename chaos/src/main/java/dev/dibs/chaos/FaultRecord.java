package dev.dibs.chaos;

/**
 * One fault that was made.
 *
 * @param secondOfRun when
 * @param what exactly was done
 * @param recoveryMillis the longest time without a confirmed grab, from the fault to the first one after its healing; -1
 *     where none came
 */
public record FaultRecord(long secondOfRun, String fault, String what, long recoveryMillis) {}
