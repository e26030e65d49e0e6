package dev.dibs.api.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.catalogue.TestActivities;
import dev.dibs.api.verdict.MemoryLedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.SecondStats;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiveViewTest {
    static final ActivityId ID = new ActivityId("movie-night");
    static final long START = 1_800_000_000L;
    static final long NOW = START * 1_000 + 10_000;

    private final MemoryLedgerView ledger = new MemoryLedgerView();

    @Test
    void theLedgerIsAskedForWhatItKnowsAndTheStatisticsSayHowFarBehindTheyAre() {
        ledger.open(ID, 10, 1);
        ledger.grab(ID, 0, new UserId("anna"), NOW);
        ledger.grab(ID, 3, new UserId("bert"), NOW);

        Map<String, Object> json = view(activity(), counted(1), 0, NOW).json();

        assertThat(json)
                .containsEntry("stock", 10)
                .containsEntry("granted", 2)
                .containsEntry("remaining", 8)
                .containsEntry("conservation", ordered("issued", 2, "open", 2, "unreached", 6))
                .containsEntry("requests", 7L)
                .containsEntry("statistics", ordered("written_ms", NOW - 400, "age_ms", 400L, "grants_behind", 1L));
    }

    @Test
    void withoutStatisticsTheFiguresOfTheLedgerAreThereAndTheOthersAreUnknown() {
        ledger.open(ID, 10, 1);
        ledger.grab(ID, 0, new UserId("anna"), NOW);

        Map<String, Object> json = view(activity(), Statistics.NONE, 2.5, NOW).json();

        assertThat(json)
                .containsEntry("granted", 1)
                .containsEntry("granted_per_second", 2.5)
                .containsEntry("statistics", null)
                .containsEntry("answers", null)
                .containsEntry("fairness", null);
    }

    @Test
    void whatTheLedgerHasForgottenIsTakenFromTheStatistics() {
        Map<String, Object> json = new LiveView(activity(), null, counted(1), 0, NOW).json();

        assertThat(json)
                .containsEntry("stock", 10L)
                .containsEntry("granted", 1L)
                .containsEntry("remaining", 9L)
                .containsEntry("conservation", null);
    }

    @Test
    void theTimeToSellOutIsEstimatedBeforeAndMeasuredAfter() {
        ledger.open(ID, 2, 1);
        ledger.grab(ID, 0, new UserId("anna"), NOW);
        Map<String, Object> before = view(activity(), counted(1), 0.5, NOW).json();

        ledger.grab(ID, 1, new UserId("bert"), NOW);
        Map<String, Object> notCountedYet =
                view(activity(), counted(1), 0.5, NOW).json();
        Map<String, Object> after = view(activity(), counted(2), 0.5, NOW).json();

        assertThat(before)
                .containsEntry(
                        "sell_out", ordered("sold_out_at_ms", null, "took_seconds", null, "expected_in_seconds", 2.0));
        assertThat(notCountedYet)
                .containsEntry("phase", "sold-out")
                .containsEntry(
                        "sell_out", ordered("sold_out_at_ms", null, "took_seconds", null, "expected_in_seconds", null));
        assertThat(after)
                .containsEntry(
                        "sell_out",
                        ordered("sold_out_at_ms", NOW - 500, "took_seconds", 9.5, "expected_in_seconds", null));
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT, 10, draft",
        "PUBLISHED, -1, upcoming",
        "PUBLISHED, 10, on-sale",
        "PAUSED, 10, paused",
        "PUBLISHED, 100, over",
        "ENDED, 10, over"
    })
    void thePhaseIsThatOfTheStateAndTheTime(ActivityState state, int second, String phase) {
        Activity activity = TestActivities.of(ID, state, START, START + 100, 1);

        Map<String, Object> json =
                view(activity, Statistics.NONE, 0, (START + second) * 1_000).json();

        assertThat(json).containsEntry("phase", phase);
    }

    @Test
    void ofASecondAllThatWereToldThatTheyGetNothingAreRefused() {
        SecondStats second = new SecondStats(
                ID,
                START,
                0,
                3,
                7,
                0,
                0,
                0,
                0,
                20,
                Map.of("granted", 3L, "soldOut", 9L, "systemError", 2L, "paused", 6L));

        Map<String, Object> json = view(activity(), new Statistics(null, 0, List.of(second)), 0, NOW)
                .json();

        assertThat(json)
                .containsEntry(
                        "seconds", List.of(ordered("second", START, "granted", 3L, "requests", 20L, "refused", 15L)));
    }

    private LiveView view(Activity activity, Statistics statistics, double perSecond, long now) {
        return new LiveView(activity, ledger.account(ID), statistics, perSecond, now);
    }

    private static Activity activity() {
        return TestActivities.published(ID.value(), START, START + 100);
    }

    static Statistics counted(long granted) {
        return new Statistics(totals(ID, granted), NOW - 400, List.of());
    }

    static ActivityStats totals(ActivityId id, long granted) {
        return new ActivityStats(
                id,
                10,
                granted,
                10 - granted,
                0,
                10 - granted,
                0,
                0,
                0,
                0,
                7,
                new TreeMap<>(Map.of("soldOut", 5L)),
                NOW - 900,
                NOW - 500,
                0,
                0,
                5,
                Fairness.NONE,
                Distribution.NONE,
                TopAddresses.NONE,
                TopAddresses.NONE);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> json = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return json;
    }
}
