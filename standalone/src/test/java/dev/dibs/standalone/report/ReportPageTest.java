package dev.dibs.standalone.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.measures.Spread;
import dev.dibs.results.ActivityStats;
import dev.dibs.results.ConservationAlarm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {
    private static final Instant MADE = Instant.parse("2026-11-26T16:00:00Z");
    private static final Pattern FIGURES =
            Pattern.compile("<script type=\"application/json\" id=\"figures\">(.*?)</script>", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</title><script>alert(1)</script>",
                "\" onload=\"alert(1)\" x=\"",
                "</script><script>alert(1)</script>",
                "<!--<script>",
                "\u2028alert(1)\u2029",
                "{{script}}{{license}}$1\\"
            })
    void aNameIsANameWhateverItLooksLike(String name) {
        String page = page(GeneratedSale.ofAThousand(name, 1).sale());
        String plain = page(GeneratedSale.ofAThousand("Movie Night", 1).sale());

        // Not one element more than with a harmless name, and nothing of it as it was written.
        assertThat(count(page, "<")).isEqualTo(count(plain, "<"));
        assertThat(page).contains("<h1><bdi>" + Html.text(name).markup() + "</bdi></h1>");
        if (!Html.text(name).markup().equals(name)) {
            assertThat(page).doesNotContain(name);
        }
        JsonNode figures = figures(page);
        assertThat(figures.path("name").stringValue()).isEqualTo(name);
        assertThat(json(page)).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    }

    @Test
    void nothingIsLoadedFromAnywhereAndOnlyItsOwnScriptsMayRun() {
        String page = page(GeneratedSale.ofAThousand("Movie Night", 1).sale());

        assertThat(page)
                .containsPattern("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                        + "script-src 'sha256-[^']{44}' 'sha256-[^']{44}'; style-src 'sha256-[^']{44}' 'sha256-[^']{44}'; "
                        + "base-uri 'none'; form-action 'none'\">")
                .doesNotContain("unsafe-inline", " src=", " href=", "@import", "url(", " style=")
                .doesNotContainPattern(" on[a-z]+=\"");
        assertThat(page.indexOf("Content-Security-Policy")).isLessThan(page.indexOf("<style"));
        assertThat(page).contains("MIT", "Permission is hereby granted");
    }

    @Test
    void itSaysOfWhatMomentItIsAndWhoMadeIt() {
        Sale sale = GeneratedSale.ofAThousand("Movie Night", 1).sale();

        assertThat(page(sale))
                .contains("Made at 2026-11-26 16:00:00 UTC by dibs 9.9")
                .contains("as of offset 2000 in partition 4 of the log")
                .contains("Read: statistics-4 to offset 1.");
    }

    @Test
    void theFiguresOfAThousandStandInTablesWithTheirUnits() {
        String page = page(GeneratedSale.ofAThousand("Movie Night", 1).sale());

        assertThat(page)
                .contains(
                        "1,000 in stock = 1,000 granted + 0 free + 0 not yet reached.", "It holds, and did at the end")
                .contains("<dt>sold out after</dt><dd>", "Each point is one second.", "No alarm was raised.")
                .contains("Grabs per second", "milliseconds", "<th scope=\"row\">tickets granted</th><td>1,000</td>")
                .contains("<th scope=\"col\">refusals</th>", "<th scope=\"row\">places</th><td>0</td><td>3</td>");
        assertThat(figures(page).path("curve").path("width").asInt()).isEqualTo(1);
    }

    @Test
    void aMillionAreThinnedAndSaidToBe() {
        String page = page(GeneratedSale.ofAMillion("Movie Night", 1).sale());

        assertThat(page)
                .contains("each point is 30 seconds, and speeds are the mean of it")
                .contains("Grabs per second, mean of 30 seconds")
                .contains("The busiest second was ");
        assertThat(figures(page).path("curve").path("granted").size()).isBetween(100, Curve.POINTS);
        assertThat(page.length()).isLessThan(200_000);
    }

    @Test
    void beforeAnythingWasGrabbedThePageSaysSo() {
        Seconds seconds = new Seconds();
        seconds.put(new CountedSecond(GeneratedSale.OPENS, 0, 0, 0, 0, 500, 500));
        Sale sale = with(GivenStats.of(500, 0, 500), seconds);

        String page = page(sale);

        assertThat(page)
                .contains("Nothing has been grabbed yet", "Nobody has asked for a ticket yet")
                .contains("No winner's wait has been measured", "The order of no winner has been measured")
                .contains("500 in stock = 0 granted + 0 free + 500 not yet reached.", "It holds.")
                .doesNotContain("class=\"plot\"", "NaN");
    }

    @Test
    void aSumThatDoesNotComeOutIsSeen() {
        Seconds seconds = new Seconds();
        seconds.put(new CountedSecond(GeneratedSale.OPENS, 10, 0, 20, 10, 500, 489));

        assertThat(page(with(GivenStats.of(500, 10, 489), seconds)))
                .contains("IT DOES NOT HOLD", "AT THE END OF 1 SECOND", "<dt>stock adds up</dt><dd>NO</dd>");
        assertThat(page(with(
                        GivenStats.of(500, 10, 490),
                        new Seconds(),
                        GivenStats.alarm(17, 1_795_176_000_000L, 500, 10, 0, 489))))
                .contains("1 raised", "2026-11-20 12:00:00.000", "<dd>NO</dd>")
                .contains("after offset 17 of the log: 500 in stock, but 10 granted + 0 free + 489 not yet reached");
    }

    @Test
    void countsOfAnEarlierVersionDoNotLookLikeABrokenSum() {
        Seconds seconds = new Seconds();
        seconds.put(new CountedSecond(GeneratedSale.OPENS, 10, 0, 20, 10, 0, 0));

        assertThat(page(with(GivenStats.of(500, 10, 490), seconds)))
                .contains("./dibs rebuild stats", "It holds.", "<dt>stock adds up</dt><dd>yes</dd>")
                .doesNotContain("id=\"remaining\"", "id=\"stock\"", "NOT HOLD");
    }

    @Test
    void withoutCountsBySecondItDoesNotSayThatNothingHappened() {
        assertThat(page(with(GivenStats.of(500, 10, 490), new Seconds())))
                .contains("no counts by second")
                .doesNotContain("Nothing has been grabbed");
    }

    @Test
    void aSaleOfTooManySecondsHasEverythingButItsCurve() {
        Seconds seconds = new Seconds(1);
        seconds.put(new CountedSecond(GeneratedSale.OPENS, 10, 0, 20, 10, 500, 490));
        seconds.put(new CountedSecond(GeneratedSale.OPENS + 1, 1, 0, 1, 0, 0, 489));

        assertThat(page(with(GivenStats.of(500, 11, 489), seconds)))
                .contains("Its curve is left out", "500 in stock = 11 granted", "It holds.")
                .doesNotContain("id=\"grabs\"");
    }

    private static Sale with(ActivityStats totals, Seconds seconds, ConservationAlarm... raised) {
        Alarms alarms = new Alarms();
        List.of(raised).forEach(alarms::add);
        return new Sale(
                GeneratedSale.ofAThousand("Movie Night", 1).activity(),
                totals,
                seconds,
                new Spread(),
                alarms,
                0,
                Map.of());
    }

    private static String page(Sale sale) {
        return new ReportPage().of(sale, MADE, "dibs 9.9");
    }

    private static JsonNode figures(String page) {
        return new JsonMapper().readTree(json(page));
    }

    private static String json(String page) {
        var matcher = FIGURES.matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
