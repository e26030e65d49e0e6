package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;

/** Goes through the history once, in the order of the answers. */
interface HistoryCheck {
    void see(Exchange exchange);

    /** There is nothing more to see. */
    default void finish() {}
}
