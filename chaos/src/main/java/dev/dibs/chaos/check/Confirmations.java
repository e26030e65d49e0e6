package dev.dibs.chaos.check;

import dev.dibs.chaos.history.Exchange;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Who was told first, by which instance, that a ticket is his. */
final class Confirmations implements HistoryCheck {
    /** @param at when the buyer had the answer, epoch milliseconds */
    record Confirmation(String activity, String user, String ticket, int api, long at) {}

    private final Map<String, Confirmation> byTicket = new HashMap<>();

    @Override
    public void see(Exchange exchange) {
        if (exchange.confirms()) {
            exchange.told()
                    .forEach(told -> byTicket.putIfAbsent(
                            told.ticket(),
                            new Confirmation(
                                    exchange.activity(),
                                    exchange.user(),
                                    told.ticket(),
                                    exchange.api(),
                                    exchange.answeredAt())));
        }
    }

    /** Null where nobody was told so far. */
    Confirmation of(String ticket) {
        return byTicket.get(ticket);
    }

    Collection<Confirmation> all() {
        return Collections.unmodifiableCollection(byTicket.values());
    }
}
