package dev.dibs.api.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.ids.ActivityId;
import org.junit.jupiter.api.Test;

class ActivityTableTest {
    private static final ActivityId ID = new ActivityId("night");

    private final ActivityTable table = new ActivityTable();

    @Test
    void theFirstRecordOfAVersionWins() {
        table.fold(version(1, ActivityState.DRAFT));

        assertThat(table.fold(version(2, ActivityState.PUBLISHED))).isTrue();
        assertThat(table.fold(version(2, ActivityState.ENDED))).isFalse();

        assertThat(table.find(ID).state()).isEqualTo(ActivityState.PUBLISHED);
    }

    @Test
    void anOlderVersionChangesNothing() {
        table.fold(version(3, ActivityState.PUBLISHED));

        assertThat(table.fold(version(2, ActivityState.ENDED))).isFalse();

        assertThat(table.find(ID).version()).isEqualTo(3);
    }

    @Test
    void aLoserThatCompactionWouldKeepIsTold() {
        table.fold(version(1, ActivityState.PUBLISHED));
        table.fold(version(1, ActivityState.ENDED));

        assertThat(table.takeHidden()).containsExactly(version(1, ActivityState.PUBLISHED));
        assertThat(table.takeHidden()).isEmpty();
    }

    @Test
    void whatCountsNeedNotBeWrittenAgainTwice() {
        table.fold(version(1, ActivityState.PUBLISHED));
        table.fold(version(1, ActivityState.ENDED));

        table.fold(version(1, ActivityState.PUBLISHED));

        assertThat(table.takeHidden()).isEmpty();
    }

    @Test
    void aMeaninglessRecordHidesWhatIsKnownToo() {
        table.fold(version(1, ActivityState.PUBLISHED));

        table.foldMeaningless(ID);
        table.foldMeaningless(new ActivityId("unknown"));

        assertThat(table.takeHidden()).containsExactly(version(1, ActivityState.PUBLISHED));
    }

    private static Activity version(long version, ActivityState state) {
        return TestActivities.of(ID, state, 100, 200, version);
    }
}
