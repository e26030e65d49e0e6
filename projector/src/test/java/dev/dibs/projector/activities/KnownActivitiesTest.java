package dev.dibs.projector.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.activity.Entry;
import dev.dibs.activity.TicketType;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketKind;
import dev.dibs.tail.FoldStart;
import dev.dibs.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KnownActivitiesTest {
    private static final Map<Integer, Long> ENDS = Map.of(0, 900L, 1, 800L);
    private static final long ENDS_AT = 1_000_000;
    private static final long FORGOTTEN_AT = (ENDS_AT + 3_600) * 1_000;
    private static final List<ActivityId> OF_PARTITION_0 = IntStream.range(0, 100)
            .mapToObj(i -> new ActivityId("sale-" + i))
            .filter(id -> Topics.partition(id, 2) == 0)
            .limit(3)
            .toList();

    private final KnownActivities known = new KnownActivities();

    @Test
    void theOldestActivityOfAPartitionThatIsNotOverCounts() {
        // Given
        known.know(activity(OF_PARTITION_0.get(0), 10, 1));
        known.know(activity(OF_PARTITION_0.get(1), 400, 1));

        // When
        FoldStart start = known.foldStart(ENDS, ENDS, Map.of());

        // Then
        assertThat(start.offsets()).isEqualTo(Map.of(0, 10L, 1, 800L));
        assertThat(start.passedOver()).isEmpty();
    }

    @Test
    void whatIsOverAndWrittenIsPassedOver() {
        // Given
        known.know(activity(OF_PARTITION_0.get(0), 10, 1));
        known.know(activityUntil(
                OF_PARTITION_0.get(1), 400, ENDS_AT + Duration.ofDays(1).toSeconds()));

        // When
        FoldStart start = known.foldStart(ENDS, ENDS, Map.of(0, FORGOTTEN_AT, 1, FORGOTTEN_AT));

        // Then
        assertThat(start.offsets()).isEqualTo(Map.of(0, 400L, 1, 800L));
        assertThat(start.passedOver()).containsExactly(OF_PARTITION_0.get(0));
    }

    @Test
    void whatIsOverButMayNotBeWrittenYetIsFolded() {
        // Given
        known.know(activity(OF_PARTITION_0.get(0), 10, 1));

        // When
        FoldStart start = known.foldStart(ENDS, ENDS, Map.of(0, FORGOTTEN_AT - 1, 1, FORGOTTEN_AT));

        // Then
        assertThat(start.offsets()).containsEntry(0, 10L);
        assertThat(start.passedOver()).isEmpty();
    }

    @Test
    void whatIsNotWrittenYetIsReadWhoeverItIsOf() {
        // Given
        known.know(activity(OF_PARTITION_0.get(0), 10, 1));

        // When
        FoldStart start = known.foldStart(ENDS, Map.of(0, 850L), Map.of(0, FORGOTTEN_AT, 1, FORGOTTEN_AT));

        // Then
        assertThat(start.offsets()).isEqualTo(Map.of(0, 850L, 1, 0L));
        assertThat(start.passedOver()).containsExactly(OF_PARTITION_0.get(0));
    }

    @Test
    void anActivityThatCannotBeReadMayBeginAnywhere() {
        // Given
        known.know(activity(OF_PARTITION_0.get(0), 10, 1));

        // When
        known.doubt();

        // Then
        assertThat(known.foldStart(ENDS, ENDS, Map.of()).offsets()).isEmpty();
    }

    @Test
    void ofTwoRecordsOfAVersionTheFirstCounts() {
        // Given
        known.know(activity(OF_PARTITION_0.get(0), 10, 2));

        // When
        boolean news = known.know(activity(OF_PARTITION_0.get(0), 20, 2));

        // Then
        assertThat(news).isFalse();
        assertThat(known.foldStart(ENDS, ENDS, Map.of()).offsets()).containsEntry(0, 10L);
    }

    private static Activity activity(ActivityId id, long logStart, long version) {
        return new Activity(
                id,
                "n",
                "",
                "",
                1,
                ENDS_AT,
                1,
                "",
                List.of(seat(ENDS_AT)),
                ActivityState.PUBLISHED,
                version,
                logStart,
                Entry.OPEN);
    }

    /** Whose sale is over as early, but whose tickets can be used for longer. */
    private static Activity activityUntil(ActivityId id, long logStart, long ticketsEnd) {
        return new Activity(
                id,
                "n",
                "",
                "",
                1,
                ENDS_AT,
                1,
                "",
                List.of(seat(ticketsEnd)),
                ActivityState.PUBLISHED,
                1,
                logStart,
                Entry.OPEN);
    }

    private static TicketType seat(long end) {
        return new TicketType(new TicketKind("seat"), "Seat", "", "", 1, end);
    }
}
