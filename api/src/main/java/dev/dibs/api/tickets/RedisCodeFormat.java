package dev.dibs.api.tickets;

import dev.dibs.api.tickets.TicketCodes.TicketCode;
import dev.dibs.ids.TicketKind;

/** How a code stands in Redis: {@code kind|code}. A kind has no '|' in it. */
public final class RedisCodeFormat {
    private RedisCodeFormat() {}

    public static String format(TicketCode code) {
        return code.kind().value() + "|" + code.code();
    }

    /** @throws IllegalArgumentException where the text has no separator; the text is not repeated, it is a secret */
    public static TicketCode parse(String text) {
        int separator = text.indexOf('|');
        if (separator < 0) {
            throw new IllegalArgumentException("A code in Redis has no separator");
        }
        return new TicketCode(new TicketKind(text.substring(0, separator)), text.substring(separator + 1));
    }
}
