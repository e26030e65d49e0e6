package dev.dibs.projector.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LogStartsTest {
    private final LogStarts starts = new LogStarts();

    @Test
    void withoutActivitiesEveryPartitionIsFoldedFromItsFirstRecord() {
        assertThat(starts.offsets(6)).isEmpty();
    }

    @Test
    void aPartitionBeginsWhereItsOldestActivityDoes() {
        // Given
        List<ActivityId> together = IntStream.range(0, 100)
                .mapToObj(i -> new ActivityId("a" + i))
                .filter(id -> LogStarts.partition(id, 6) == 4)
                .toList();
        starts.know(activity(together.get(0), 70));
        starts.know(activity(together.get(1), 30));
        starts.know(activity(together.get(2), 50));

        // When
        Map<Integer, Long> offsets = starts.offsets(6);

        // Then
        assertThat(offsets).isEqualTo(Map.of(4, 30L));
    }

    @Test
    void anActivityThatCannotBeReadMayBeginAnywhere() {
        // Given
        starts.know(activity(new ActivityId("a"), 70));

        // When
        starts.doubt();

        // Then
        assertThat(starts.offsets(6)).isEmpty();
    }

    private static Activity activity(ActivityId id, long logStart) {
        TicketType seat = new TicketType(new TicketKind("seat"), "Seat", "", "", 1, 2);
        return new Activity(id, "n", "", "", 1, 2, 1, "", List.of(seat), ActivityState.PUBLISHED, 1, logStart);
    }
}
