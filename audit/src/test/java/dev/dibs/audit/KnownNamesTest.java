package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownNamesTest {
    private static final TicketKind SEAT = new TicketKind("seat");

    private final KnownNames names = new KnownNames();

    @Test
    void everyNameThatThereWasIsKnownAndNoOther() {
        names.add(activity(1, "First", "Seat"));
        names.add(activity(2, "Second", "Chair"));

        assertThat(names.ofActivity("First")).isTrue();
        assertThat(names.ofActivity("Second")).isTrue();
        assertThat(names.ofActivity("Third")).isFalse();
        assertThat(names.ofTicket(SEAT, "Chair")).isTrue();
        assertThat(names.ofTicket(SEAT, "Stool")).isFalse();
        assertThat(names.ofTicket(new TicketKind("box"), "Chair")).isFalse();
    }

    @Test
    void aVersionThatIsWrittenAgainIsNoGap() {
        names.add(activity(1, "First", "Seat"));
        names.add(activity(2, "Second", "Seat"));
        names.add(activity(2, "Loser", "Seat"));
        names.add(activity(2, "Second", "Seat"));

        assertThat(names.ofActivity("Third")).isFalse();
    }

    @Test
    void whereAVersionWasCompactedAwayAnyNameIsBelieved() {
        names.add(activity(1, "First", "Seat"));
        names.add(activity(3, "Third", "Seat"));

        assertThat(names.ofActivity("Second")).isTrue();
    }

    private static Activity activity(long version, String name, String ticket) {
        return new Activity(
                new ActivityId("a"),
                name,
                "",
                "",
                1,
                2,
                1,
                "",
                List.of(new TicketType(SEAT, ticket, "", "", 1, 2)),
                ActivityState.DRAFT,
                version,
                0,
                Entry.OPEN);
    }
}
