package dev.dibs.ledger;

/** The rules of the ledger. All are always on; that each is needed is shown by tests which switch one off. */
enum Rule {
    CURRENT_EPOCH,
    WITHIN_STOCK,
    UNIQUE_SEQUENCE,
    LIMIT_PER_USER,
    /** A ticket is redeemed or revoked once: the first record of either kind counts. */
    USED_ONCE
}
