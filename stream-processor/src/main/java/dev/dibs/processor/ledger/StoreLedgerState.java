package dev.dibs.processor.ledger;

import dev.dibs.events.TicketGrabbed;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.LedgerState;
import dev.dibs.processor.state.Remembered;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The ledger's memory in state stores. An event touches a handful of entries, whatever the activity's size.
 *
 * @param accounts by activity
 * @param imports by activity and import: where its sequences begin
 * @param grants by activity and sequence
 * @param users by activity and user: how many tickets the user holds
 * @param sending of the record that is being folded
 */
public record StoreLedgerState(
        Remembered<String, Account> accounts,
        KeyValueStore<String, Integer> imports,
        KeyValueStore<String, Grant> grants,
        KeyValueStore<String, Integer> users,
        Sending sending)
        implements LedgerState {

    /** What a valid grab grants. */
    public Grant grant(TicketGrabbed grab) {
        return Grant.of(grab, sending.at(), sending.instance());
    }

    @Override
    public StoreActivityAccount account(ActivityId activityId) {
        return new StoreActivityAccount(this, activityId);
    }
}
