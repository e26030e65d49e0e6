package dev.dibs.ledger;

/** What the ledger says of one record of the log. */
public enum Verdict {
    VALID,
    /** A copy of a grab that is valid already: counted, harmless. */
    DUPLICATE,
    /** A grab of an epoch that is not the current one. */
    VOID_EPOCH,
    /** A grab of a sequence that does not exist. */
    VOID_BEYOND_STOCK,
    /** A grab of a sequence that somebody else holds. */
    VOID_SEQUENCE_TAKEN,
    /** A grab by a user who holds as many tickets as the limit allows. */
    VOID_LIMIT_REACHED,
    /** Stock that does not begin where the stock ends. */
    VOID_NOT_CONTIGUOUS,
    /** Stock of an import that has been added already. */
    VOID_IMPORT_REPEATED,
    /** A redemption or revocation of a ticket that nobody holds. */
    VOID_UNKNOWN_TICKET,
    VOID_ALREADY_REDEEMED,
    VOID_ALREADY_REVOKED;

    public boolean isVoid() {
        return this != VALID && this != DUPLICATE;
    }

    /** Whether the ticket exists after this record: it was granted now, or had been before. */
    public boolean isGranted() {
        return !isVoid();
    }
}
