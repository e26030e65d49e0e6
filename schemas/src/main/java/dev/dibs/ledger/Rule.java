package dev.dibs.ledger;

/** The rules of a valid grab. All are always on; that each is needed is shown by tests which switch one off. */
enum Rule {
    CURRENT_EPOCH,
    WITHIN_STOCK,
    UNIQUE_SEQUENCE,
    LIMIT_PER_USER
}
