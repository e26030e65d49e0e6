package dev.dibs.api.tickets;

import dev.dibs.ids.TicketId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * A ticket's place in its owner's list, newest first.
 *
 * @param grabbedAt epoch milliseconds
 * @param ticketId breaks ties, compared as text because the database compares text
 */
record TicketCursor(long grabbedAt, String ticketId) {
    /** The order of the list. */
    static final Comparator<TicketCursor> NEWEST_FIRST = Comparator.comparingLong(TicketCursor::grabbedAt)
            .thenComparing(TicketCursor::ticketId)
            .reversed();

    /** @throws IllegalArgumentException where no page has had this lastId */
    static TicketCursor decode(String lastId) {
        String text = new String(Base64.getUrlDecoder().decode(lastId), StandardCharsets.US_ASCII);
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not a lastId of this list");
        }
        return new TicketCursor(
                Long.parseLong(text.substring(0, colon)),
                TicketId.parse(text.substring(colon + 1)).toString());
    }

    static TicketCursor of(OwnedTicket ticket) {
        return new TicketCursor(ticket.grabbedAt(), ticket.ticketId().toString());
    }

    String encode() {
        String text = grabbedAt + ":" + ticketId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether this stands behind the other in the list. */
    boolean isAfter(TicketCursor other) {
        return NEWEST_FIRST.compare(this, other) > 0;
    }
}
