package dev.dibs.model;

/** What must never be. */
enum Violation {
    SAME_CODE_CONFIRMED_TO_TWO_USERS,
    USER_CONFIRMED_MORE_THAN_THE_LIMIT,
    LOG_ISSUES_TWO_TICKETS_TO_ONE_USER,
    CONFIRMED_BUT_NOT_IN_THE_LEDGER,
    /**
     * Redis, recovered and fenced, gave away a code that the log had already given away. Nobody is told anything
     * false, but the claimant's ticket can never be confirmed. Only looked for where Redis is fenced by its replid.
     */
    CLAIM_OF_THE_CURRENT_EPOCH_IS_VOID
}
