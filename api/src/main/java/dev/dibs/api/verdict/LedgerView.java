package dev.dibs.api.verdict;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Fingerprint;
import dev.dibs.ledger.Holding;
import dev.dibs.ledger.MemoryActivityAccount;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What this instance has folded of the log so far. Nothing waits but what says so. */
public interface LedgerView {

    /** A ticket of a user in an activity whose account is in memory. */
    record LiveTicket(ActivityId activityId, Holding holding) {}

    /** The activity's account, or null where nothing of it has been folded. */
    MemoryActivityAccount account(ActivityId activityId);

    /**
     * Whether the activity is over for so long that this instance has forgotten who holds what: the projection knows.
     */
    default boolean isReleased(ActivityId activityId) {
        return false;
    }

    /** The tickets of the user in all activities in memory, newest first. */
    List<LiveTicket> ticketsOf(Fingerprint user);

    /**
     * The ticket of this id, or null where none in memory has it. Looks through all tickets in memory: for operators,
     * not for a crowd.
     */
    LiveTicket find(TicketId ticketId);

    /**
     * Who used the ticket of this sequence and when; null where nobody did, or it is not known here. It is known a
     * moment after the account has it.
     */
    TicketUse use(ActivityId activityId, int sequence);

    /** The partition of the log that an activity's events go to. */
    int partitionOf(ActivityId activityId);

    /** The first offset of each partition that has not been folded. */
    Map<Integer, Long> positions();

    /** Whether all that was in the log when this instance started has been folded. */
    boolean isCaughtUp();

    /**
     * Completes once all that is in the log at the time of this call, as far as the leaders of its partitions know, has been
     * folded: what any instance has confirmed before is then known here. With an error where it cannot be known how much
     * that is, or this instance has not caught up. Whoever waits sets a limit.
     */
    CompletableFuture<Void> readThrough();

    /** Whether this instance has met an error that it cannot survive, and will never read on. */
    default boolean hasFailed() {
        return false;
    }
}
