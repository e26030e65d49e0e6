package dev.dibs.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.ids.ActivityId;
import dev.dibs.results.SecondStats;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StatisticsTableTest {
    private static final ActivityId ID = new ActivityId("movie-night");

    private final Set<ActivityId> live = new HashSet<>(Set.of(ID));
    private final StatisticsTable table = new StatisticsTable(live::contains);

    @Test
    void theLatestRecordCountsAndTheLastSecondsAreKept() {
        table.totals(LiveViewTest.totals(ID, 1), 1_000);
        table.totals(LiveViewTest.totals(ID, 2), 2_000);
        for (long second = 0; second < 500; second++) {
            table.second(second(second, 1));
        }
        table.second(second(499, 7));

        Statistics kept = table.of(ID);

        assertThat(kept.totals().granted()).isEqualTo(2);
        assertThat(kept.writtenAt()).isEqualTo(2_000);
        assertThat(kept.seconds()).hasSize(StatisticsTable.KEPT_SECONDS);
        assertThat(kept.seconds().get(0).second()).isEqualTo(500 - StatisticsTable.KEPT_SECONDS);
        assertThat(kept.seconds().get(StatisticsTable.KEPT_SECONDS - 1)).isEqualTo(second(499, 7));
    }

    @Test
    void whatConcernsNobodyIsNotKeptAndWhatDoesNotAnyMoreIsLetGo() {
        ActivityId unknown = new ActivityId("unknown");
        table.totals(LiveViewTest.totals(unknown, 1), 1_000);
        table.totals(LiveViewTest.totals(ID, 1), 1_000);
        table.second(second(5, 1));

        live.clear();
        table.tidy();

        assertThat(table.of(unknown)).isEqualTo(Statistics.NONE);
        assertThat(table.of(ID)).isEqualTo(Statistics.NONE);
    }

    private static SecondStats second(long second, long granted) {
        return new SecondStats(ID, second, 0, granted, 0, 0, 0, 0, 0, granted, Map.of());
    }
}
