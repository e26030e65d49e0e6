package dev.dibs.ids;

import java.util.Locale;
import java.util.UUID;

/** One ticket won: 128 bits of which at least 74 are random, so that it cannot be guessed. */
public record TicketId(UUID value) {
    public TicketId {
        if (value == null) {
            throw new IllegalArgumentException("ticket id must not be empty");
        }
    }

    /**
     * @param text the canonical form, 36 characters in lower or upper case
     * @throws IllegalArgumentException for anything else
     */
    public static TicketId parse(String text) {
        // UUID.fromString also takes short groups, such as "1-1-1-1-1".
        if (text == null || text.length() != 36) {
            throw new IllegalArgumentException("ticket id must be a UUID of 36 characters");
        }
        UUID parsed = UUID.fromString(text);
        if (!parsed.toString().equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("ticket id must be a UUID of 36 characters");
        }
        return new TicketId(parsed);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
