package dev.dibs.inventory;

import dev.dibs.ids.TicketId;
import dev.dibs.ledger.Fingerprint;
import java.util.ArrayList;
import java.util.List;

/**
 * One ticket of a user as the claim script keeps it. A user's value is one line per ticket, oldest first.
 *
 * @param requestedAt epoch milliseconds
 * @param grabbedAt epoch milliseconds
 */
public record UserEntry(
        long epoch, Fingerprint request, int sequence, TicketId ticketId, long requestedAt, long grabbedAt) {
    private static final int FIELDS = 6;

    /** Lines are joined by a newline. */
    public String line() {
        return epoch + " " + request.text() + " " + sequence + " " + ticketId + " " + requestedAt + " " + grabbedAt;
    }

    /** @throws IllegalArgumentException where the text is not what the claim script writes */
    public static UserEntry parseLine(String line) {
        String[] parts = line.split(" ");
        if (parts.length != FIELDS) {
            throw new IllegalArgumentException("A user's entry has " + FIELDS + " fields, not " + parts.length);
        }
        return new UserEntry(
                Long.parseLong(parts[0]),
                Fingerprint.parse(parts[1]),
                Integer.parseInt(parts[2]),
                TicketId.parse(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]));
    }

    /** All entries of a user's value. */
    public static List<UserEntry> parse(String value) {
        List<UserEntry> entries = new ArrayList<>(2);
        value.lines().forEach(line -> entries.add(parseLine(line)));
        return entries;
    }
}
