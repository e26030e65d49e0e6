package dev.dibs.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.ids.ActivityId;
import dev.dibs.ids.TicketId;
import dev.dibs.ids.TicketKind;
import dev.dibs.ids.UserId;
import dev.dibs.measures.Distribution;
import dev.dibs.measures.Fairness;
import dev.dibs.measures.RefusedAddresses;
import dev.dibs.measures.RefusedAddresses.Refused;
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
                1,
                1,
                2,
                4,
                9,
                Map.of("soldOut", 6L, "granted", 3L),
                10,
                20,
                5,
                -1,
                new Fairness(3, 1, 2, 2, 1, new Distribution(3, 0, 1, 1, 1), new Distribution(3, 0, 300, 300, 300)),
                new Distribution(3, 4, 9, 9, 9),
                new RefusedAddresses(List.of(new Refused("a", 2, 4), new Refused("b", 1, 3)), 2));

        assertThat(ActivityStatsCodec.decode(ActivityStatsCodec.encode(stats))).isEqualTo(stats);
    }

    @Test
    void countsOfASecondSurviveTheirBytes() throws Exception {
        SecondStats stats = new SecondStats(ACTIVITY, 1_800_000_000L, 3, 1, 1, 2, 4, 9, Map.of("soldOut", 6L));

        SecondStats decoded = SecondStatsCodec.decode(SecondStatsCodec.encode(stats));

        assertThat(decoded).isEqualTo(stats);
        assertThat(decoded.key()).isEqualTo("movie-night:1800000000");
    }

    @Test
    void equalCountsAreEqualBytes() {
        Map<String, Long> oneWay = new java.util.LinkedHashMap<>();
        oneWay.put("b", 1L);
        oneWay.put("a", 2L);
        Map<String, Long> otherWay = new java.util.LinkedHashMap<>();
        otherWay.put("a", 2L);
        otherWay.put("b", 1L);

        assertThat(SecondStatsCodec.encode(new SecondStats(ACTIVITY, 1, 0, 0, 0, 0, 0, 0, oneWay)))
                .isEqualTo(SecondStatsCodec.encode(new SecondStats(ACTIVITY, 1, 0, 0, 0, 0, 0, 0, otherWay)));
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
                new UserId("u@example.com"),
                3,
                1_000,
                1_001,
                "",
                2,
                99,
                status,
                2_000);
    }
}
