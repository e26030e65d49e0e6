package dev.dibs.activity;

import dev.dibs.ids.TicketKind;

/**
 * What the tickets of one kind look like, and when they can be used.
 *
 * @param description empty where there is none
 * @param image a URL, empty where there is none
 * @param startTime when a ticket of this kind becomes usable, epoch seconds
 * @param endTime when it stops being usable, epoch seconds, after {@code startTime}
 */
public record TicketType(TicketKind kind, String name, String description, String image, long startTime, long endTime) {
    public TicketType {
        if (kind == null) {
            throw new IllegalArgumentException("kind must not be empty");
        }
        if (kind.equals(TicketKind.MIXED)) {
            throw new IllegalArgumentException("kind must not be '" + TicketKind.MIXED + "', which is reserved");
        }
        Texts.name("name", name);
        description = Texts.description("description", description);
        image = Texts.image("image", image);
        Texts.window("start_time", startTime, "end_time", endTime);
    }
}
