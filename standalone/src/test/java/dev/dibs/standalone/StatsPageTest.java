package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class StatsPageTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static final String SELLING = """
            {"id":"movie-night","phase":"on-sale","at_ms":1800000000000,"stock":500,"granted":125,"remaining":375,
             "conservation":{"issued":125,"open":2,"unreached":373},"granted_per_second":12.5,
             "sell_out":{"sold_out_at_ms":null,"took_seconds":null,"expected_in_seconds":30.0},
             "redeemed":0,"revoked":0,"requests":5222,"answers":{"granted":125,"soldOut":3,"paused":5094},
             "waits_ms":{"count":125,"p50":5,"p95":17,"p99":21,"max":23},
             "fairness":{"measured":125,"inversions":3,"overtaken":2,"exact":true,
              "places_lost":{"p99":1},"ms_lost":{"p99":4}},
             "refused_addresses":[{"address_hash":"Yk3Q0vZ8m1xW5n2R","at_least":4100,"at_most":4112},
              {"address_hash":"nobody","at_least":0,"at_most":7}],
             "seconds":[{"second":1799999999,"granted":12,"requests":400,"refused":388}],
             "statistics":{"written_ms":1,"age_ms":400,"grants_behind":1}}""";

    @Test
    void aPageSaysHowTheSaleGoes() {
        List<String> page = page(SELLING).page();

        assertThat(page.get(1)).isEqualTo("[##########------------------------------]");
        assertThat(page)
                .contains(
                        "stock     500, granted 125, remaining 375, redeemed 0, revoked 0",
                        "          500 = 125 issued + 2 open + 373 not yet reached",
                        "speed     12.5 a second; at this speed sold out in about 30.0 s",
                        "requests  5,222; paused 5,094, granted 125, soldOut 3",
                        "winners   waited 5 ms (half of them), 17 ms (95 of 100), 21 ms (99 of 100), at most 23 ms",
                        "order     2 of 125 overtaken in 3 inversions; 99 of 100 lost at most 1 places and 4 ms",
                        "refused   Yk3Q0vZ8m1xW5n2R   4,100 to 4,112 times",
                        "counted   counted 400 ms ago, 1 grants behind")
                .noneMatch(line -> line.contains("nobody"));
        assertThat(page).hasSizeLessThan(24);
    }

    @Test
    void aLineSaysItInShort() {
        assertThat(page(SELLING).line())
                .endsWith("movie-night on-sale: 125 of 500 granted, 12.5/s, 5,222 requests; counted 400 ms ago,"
                        + " 1 grants behind");
    }

    @Test
    void whatIsNotKnownIsNotMadeUp() {
        StatsPage page = page("""
                {"id":"movie-night","phase":"sold-out","at_ms":1800000000000,"stock":5,"granted":5,"remaining":0,
                 "conservation":{"issued":5,"open":0,"unreached":0},"granted_per_second":0.0,
                 "sell_out":{"sold_out_at_ms":null,"took_seconds":null,"expected_in_seconds":null},
                 "redeemed":null,"revoked":null,"requests":null,"answers":null,"waits_ms":null,"fairness":null,
                 "refused_addresses":null,"seconds":[],"statistics":null}""");

        assertThat(page.page())
                .contains(
                        "stock     5, granted 5, remaining 0, redeemed ?, revoked ?",
                        "speed     0.0 a second; sold out",
                        "requests  ?; no answers counted",
                        "counted   nothing has been counted yet");
        assertThat(page.isOver()).isFalse();
    }

    @Test
    void aSaleThatIsSoldOutSaysHowLongItTook() {
        StatsPage page = page("""
                {"id":"m","phase":"over","sell_out":{"sold_out_at_ms":5,"took_seconds":84.2,"expected_in_seconds":null}}""");

        assertThat(page.page()).anyMatch(line -> line.contains("sold out 1 min 24 s after the start"));
        assertThat(page.isOver()).isTrue();
    }

    private static StatsPage page(String json) {
        return new StatsPage(JSON.readTree(json));
    }
}
