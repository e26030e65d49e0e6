package dev.dibs.events;

import dev.dibs.ids.ActivityId;
import java.util.UUID;

/** A fact of the log, in the past tense. Whether it counts is for the {@link dev.dibs.ledger.Ledger ledger} to say. */
public sealed interface TicketEvent permits EpochOpened, StockAdded, TicketGrabbed, TicketRedeemed, TicketRevoked {

    /** Unique per fact: a copy of the same fact carries the same id. */
    UUID eventId();

    /** When it happened, in epoch milliseconds by the clock of whoever wrote it. */
    long occurredAt();

    ActivityId activityId();
}
