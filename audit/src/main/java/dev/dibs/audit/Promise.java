package dev.dibs.audit;

/** What Dibs promises and this audit can see; numbered as in the documentation. */
public enum Promise {
    /** No code is ever issued twice, and never more than the stock. */
    G1,
    /** No user gets more than the activity's limit. */
    G2,
    /** No code is stranded: issued + free + not yet reached = stock. */
    G4,
    /** MongoDB, statistics, result topic and CSV equal the fold of the log. */
    G5
}
