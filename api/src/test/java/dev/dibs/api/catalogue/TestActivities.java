package dev.dibs.api.catalogue;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.List;

/** Activities for tests. */
public final class TestActivities {
    public static final TicketKind KIND = new TicketKind("standard");

    private TestActivities() {}

    public static Activity of(ActivityId id, ActivityState state, long start, long end, long version) {
        TicketType ticket = new TicketType(KIND, "Seat", "Row 1 to 9", "https://x.test/seat.png", start, end + 100);
        return new Activity(
                id,
                "Night of " + id,
                "All films",
                "https://x.test/night.png",
                start,
                end,
                1,
                "",
                List.of(ticket),
                state,
                version,
                0,
                Entry.OPEN);
    }

    public static Activity published(String id, long start, long end) {
        return of(new ActivityId(id), ActivityState.PUBLISHED, start, end, 1);
    }
}
