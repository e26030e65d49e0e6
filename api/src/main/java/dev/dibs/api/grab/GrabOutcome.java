package dev.dibs.api.grab;

import dev.dibs.activity.Activity;
import dev.dibs.api.gate.GateRefusal;
import dev.dibs.api.tickets.OwnedTicket;

/** What became of a grab. */
public sealed interface GrabOutcome {

    /** The log has it: this ticket is the user's. */
    record Granted(Activity activity, OwnedTicket ticket) implements GrabOutcome {}

    /** The user holds as many tickets as the limit allows; this is the latest of them. */
    record AlreadyTaken(Activity activity, OwnedTicket ticket) implements GrabOutcome {}

    /**
     * Not started.
     *
     * @param startTime epoch seconds
     * @param serverTime epoch seconds
     */
    record NotStarted(long startTime, long serverTime) implements GrabOutcome {}

    /** The grab does not bring along what the activity's gate asks for; nothing was decided. */
    record GateClosed(GateRefusal reason) implements GrabOutcome {}

    /**
     * There were too many grabs, or the user or the address is blocked.
     *
     * @param retryAfterSeconds at least 1
     */
    record TooMany(boolean blocked, int retryAfterSeconds) implements GrabOutcome {}

    /** Refused or undecided, without anything more to say. */
    enum Plain implements GrabOutcome {
        /** Claimed, not confirmed yet. */
        PENDING,
        /** There is no grab of this user; only an answer to a question for the result. */
        NONE,
        NO_SUCH_ACTIVITY,
        ENDED,
        SOLD_OUT,
        PAUSED,
        NOT_ELIGIBLE,
        /** Redis, Kafka or this instance cannot take it now; it can safely be tried again. */
        UNAVAILABLE
    }
}
