package dev.dibs.chaos.history;

/** What a client asked for. */
public enum Operation {
    /** {@code /ticket/get} */
    GRAB,
    /** {@code /ticket/result} */
    RESULT,
    /** {@code /ticket/list} */
    LIST,
    /** {@code /ticket/detail} of a ticket of one's own */
    DETAIL,
    /** {@code /ticket/detail} of somebody else's ticket */
    PRY,
    /** {@code /act/detail} */
    ACTIVITY,
    CREATE,
    IMPORT,
    PUBLISH,
    PAUSE,
    RESUME,
    EXTEND,
    EXPORT,
    /** A gate, with the code of a ticket */
    REDEEM;

    /** Whether it asks what has become of the caller's own grabs. */
    public boolean looksAtOwnTickets() {
        return this == RESULT || this == LIST || this == DETAIL;
    }
}
