package dev.dibs.processor.ledger;

import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.LedgerState;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The ledger's memory in state stores. An event touches a handful of entries, whatever the activity's size.
 *
 * @param accounts by activity
 * @param imports by activity and import: where its sequences begin
 * @param grants by activity and sequence
 * @param users by activity and user: how many tickets the user holds
 */
public record StoreLedgerState(
        KeyValueStore<String, Account> accounts,
        KeyValueStore<String, Integer> imports,
        KeyValueStore<String, Grant> grants,
        KeyValueStore<String, Integer> users)
        implements LedgerState {

    @Override
    public StoreActivityAccount account(ActivityId activityId) {
        return new StoreActivityAccount(this, activityId);
    }
}
