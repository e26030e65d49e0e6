package dev.dibs.ledger;

import dev.dibs.ids.ActivityId;

/** Where the ledger keeps what it has folded. */
public interface LedgerState {

    /** The account of this activity; an empty one where nothing of it has been folded yet. */
    ActivityAccount account(ActivityId activityId);

    /** Whether what was folded of this activity is gone, so that nothing can be decided about it any more. */
    default boolean isReleased(ActivityId activityId) {
        return false;
    }
}
