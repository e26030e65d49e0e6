package dev.dibs.ledger;

import dev.dibs.ids.ActivityId;

/** Where the ledger keeps what it has folded. */
public interface LedgerState {

    /** The account of this activity; an empty one where nothing of it has been folded yet. */
    ActivityAccount account(ActivityId activityId);
}
