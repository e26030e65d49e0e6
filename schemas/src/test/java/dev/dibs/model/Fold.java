package dev.dibs.model;

/**
 * What the ledger makes of a log.
 *
 * @param granted bits of {@link State#pair}
 * @param holders by sequence: the user who was the first to be granted it, or -1
 * @param epochs by sequence: the epoch of that grant
 * @param lastGranted whether the last record is a valid grab, or a copy of one
 * @param currentClaimVoid whether a claim was void though its epoch was the current one, and it was not its own user
 *     who already held the sequence
 */
record Fold(int granted, int[] holders, int[] epochs, boolean lastGranted, boolean currentClaimVoid) {}
