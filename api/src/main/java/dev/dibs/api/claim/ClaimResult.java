package dev.dibs.api.claim;

import dev.dibs.api.tickets.TicketCodes.TicketCode;
import dev.dibs.events.TicketGrabbed;
import dev.dibs.inventory.UserEntry;

/** What Redis answers to a claim. A claim proposes; only the log decides. */
public sealed interface ClaimResult {

    /**
     * A sequence has been claimed, and the event to be published lies in the outbox.
     *
     * @param outboxId the outbox entry to delete once the log has the event
     */
    record Claimed(TicketGrabbed event, TicketCode code, String outboxId) implements ClaimResult {}

    /** The same request has claimed this before; the event may or may not be in the log. */
    record Held(TicketGrabbed event, TicketCode code) implements ClaimResult {}

    /** The user holds, or has claimed, as many as the limit allows; this is the latest. */
    record LimitReached(UserEntry latest, TicketCode code) implements ClaimResult {}

    /**
     * Nothing was claimed: the codes that belong to the keys are lost.
     *
     * @param epoch that the keys say they are in
     */
    record Incomplete(long epoch) implements ClaimResult {}

    /** Nothing was claimed. */
    enum Refused implements ClaimResult {
        SOLD_OUT,
        NOT_STARTED,
        ENDED,
        PAUSED,
        /** The request was too old when Redis came to it. */
        EXPIRED,
        /** This Redis is not the one that the epoch was opened for; it may lack what the log has. */
        FENCED,
        /** There are no keys of this activity. */
        UNOPENED
    }
}
