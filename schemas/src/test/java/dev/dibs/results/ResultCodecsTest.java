package dev.dibs.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.TopAddresses;
import dev.dibs.measures.TopAddresses.Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultCodecsTest {
    private static final ActivityId ACTIVITY = new ActivityId("movie-night");

    @ParameterizedTest
    @EnumSource
    void aResultSurvivesItsBytes(GrabResult.Status status) throws Exception {
        GrabResult result = result(status);

        GrabResult decoded = GrabResultCodec.decode(GrabResultCodec.encode(result));

        assertThat(decoded).isEqualTo(result);
        assertThat(decoded.key()).isEqualTo("movie-night:7");
    }

    @Test
    void totalsSurviveTheirBytes() throws Exception {
        ActivityStats stats = new ActivityStats(
                ACTIVITY,
                500,
                3,
                497,
                7,
                490,
                1,
                1,
                2,
                4,
                9,
                Map.of("soldOut", 6L, "granted", 3L),
                10,
                20,
                20,
                5,
                -1,
                new Fairness(3, 1, 2, 2, 1, new Distribution(3, 0, 1, 1, 1), new Distribution(3, 0, 300, 300, 300)),
                new Distribution(3, 4, 9, 9, 9),
                new TopAddresses(List.of(new Address("a", 2, 4), new Address("b", 1, 3)), 2),
                new TopAddresses(List.of(new Address("c", 2, 2)), 1));

        assertThat(ActivityStatsCodec.decode(ActivityStatsCodec.encode(stats))).isEqualTo(stats);
    }

    @Test
    void countsOfASecondSurviveTheirBytes() throws Exception {
        SecondStats stats = new SecondStats(ACTIVITY, 1_800_000_000L, 5, 3, 2, 1, 1, 2, 4, 9, Map.of("soldOut", 6L));

        SecondStats decoded = SecondStatsCodec.decode(SecondStatsCodec.encode(stats));

        assertThat(decoded).isEqualTo(stats);
        assertThat(decoded.key()).isEqualTo("movie-night:1800000000");
    }

    @Test
    void anAlarmSurvivesItsBytes() throws Exception {
        ConservationAlarm alarm = new ConservationAlarm(ACTIVITY, 500, 13, 0, 488, 4, 21, 1_000);

        ConservationAlarm decoded = ConservationAlarmCodec.decode(ConservationAlarmCodec.encode(alarm));

        assertThat(decoded).isEqualTo(alarm);
        assertThat(decoded.key()).isEqualTo("movie-night:21");
    }

    @Test
    void theLineHoldsOnlyWhereAllAddsUp() {
        assertThat(line(500, 3, 7, 490).holds()).isTrue();
        assertThat(line(500, 4, 7, 490).holds()).isFalse();
        assertThat(line(500, 3, 6, 490).holds()).isFalse();
    }

    private static ActivityStats line(long stock, long granted, long free, long unreached) {
        return new ActivityStats(
                ACTIVITY,
                stock,
                granted,
                stock - granted,
                free,
                unreached,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                0,
                0,
                0,
                0,
                Fairness.NONE,
                Distribution.NONE,
                TopAddresses.NONE,
                TopAddresses.NONE);
    }

    @Test
    void equalCountsAreEqualBytes() {
        Map<String, Long> oneWay = new java.util.LinkedHashMap<>();
        oneWay.put("b", 1L);
        oneWay.put("a", 2L);
        Map<String, Long> otherWay = new java.util.LinkedHashMap<>();
        otherWay.put("a", 2L);
        otherWay.put("b", 1L);

        assertThat(SecondStatsCodec.encode(new SecondStats(ACTIVITY, 1, 0, 0, 0, 0, 0, 0, 0, 0, oneWay)))
                .isEqualTo(SecondStatsCodec.encode(new SecondStats(ACTIVITY, 1, 0, 0, 0, 0, 0, 0, 0, 0, otherWay)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{}", "{\"schemaVersion\":2}", "{\"schemaVersion\":1,\"activityId\":7}"})
    void whatIsNoResultIsRefused(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> GrabResultCodec.decode(bytes)).isInstanceOf(UndecodableRecordException.class);
        assertThatThrownBy(() -> ActivityStatsCodec.decode(bytes)).isInstanceOf(UndecodableRecordException.class);
        assertThatThrownBy(() -> SecondStatsCodec.decode(bytes)).isInstanceOf(UndecodableRecordException.class);
    }

    private static GrabResult result(GrabResult.Status status) {
        return new GrabResult(
                ACTIVITY,
                "Film \"Nacht\"",
                7,
                TicketId.parse("01890a5d-ac96-774b-bcce-b302099a8057"),
                new TicketKind("seat"),
                "座位",
                "mT4zTq1n0aXy7dQ2Zk9f3w",
                3,
                1_000,
                1_001,
                12,
                "a1",
                "",
                2,
                99,
                status,
                2_000);
    }
}
