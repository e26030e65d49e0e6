package dev.dibs.standalone;

import dev.dibs.standalone.console.Console;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A sale's figures as a person reads them: a page for a screen, a line for a file. */
final class StatsPage {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int BAR = 40;
    private static final int SECONDS = 8;
    private static final int ADDRESSES = 5;

    private final JsonNode stats;

    StatsPage(JsonNode stats) {
        this.stats = stats;
    }

    String phase() {
        return stats.path("phase").asString("");
    }

    boolean isOver() {
        return phase().equals("over");
    }

    /** One line, for a pipe. */
    String line() {
        return "%s %s %s: %s of %s granted, %s/s, %s requests; %s"
                .formatted(
                        CLOCK.format(Instant.ofEpochMilli(stats.path("at_ms").asLong(0))),
                        stats.path("id").asString(""),
                        phase(),
                        number("granted"),
                        number("stock"),
                        stats.path("granted_per_second").asString("0"),
                        number("requests"),
                        age());
    }

    List<String> page() {
        List<String> page = new ArrayList<>();
        page.add("%s  %s  %s"
                .formatted(
                        stats.path("id").asString(""),
                        phase(),
                        CLOCK.format(Instant.ofEpochMilli(stats.path("at_ms").asLong(0)))));
        page.add(bar());
        page.add(row(
                "stock",
                "%s, granted %s, remaining %s, redeemed %s, revoked %s"
                        .formatted(
                                number("stock"),
                                number("granted"),
                                number("remaining"),
                                number("redeemed"),
                                number("revoked"))));
        conservation(page);
        page.add(row("speed", stats.path("granted_per_second").asString("0") + " a second; " + sellOut()));
        page.add(row("requests", number("requests") + "; " + answers()));
        waits(page);
        fairness(page);
        addresses(page);
        seconds(page);
        page.add(row("counted", age()));
        return page;
    }

    private String bar() {
        long stock = stats.path("stock").asLong(0);
        long granted = stats.path("granted").asLong(0);
        int filled = stock == 0 ? 0 : (int) Math.min(BAR, BAR * granted / stock);
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
    }

    private void conservation(List<String> page) {
        JsonNode sum = stats.path("conservation");
        if (sum.isObject()) {
            page.add(row(
                    "",
                    "%s = %s issued + %s open + %s not yet reached"
                            .formatted(
                                    number("stock"),
                                    number(sum, "issued"),
                                    number(sum, "open"),
                                    number(sum, "unreached"))));
        }
    }

    private String sellOut() {
        JsonNode sellOut = stats.path("sell_out");
        if (sellOut.path("took_seconds").isNumber()) {
            return "sold out " + seconds(sellOut, "took_seconds") + " after the start";
        } else if (sellOut.path("expected_in_seconds").isNumber()) {
            return "at this speed sold out in about " + seconds(sellOut, "expected_in_seconds");
        }
        return phase().equals("sold-out") ? "sold out" : "no estimate";
    }

    private static String seconds(JsonNode of, String field) {
        return Console.spoken(Duration.ofMillis(Math.round(of.path(field).asDouble(0) * 1_000)));
    }

    private String answers() {
        String answers = stats.path("answers").properties().stream()
                .sorted(Comparator.comparingLong(answer -> -answer.getValue().asLong(0)))
                .map(answer -> answer.getKey() + " " + grouped(answer.getValue()))
                .collect(Collectors.joining(", "));
        return answers.isEmpty() ? "no answers counted" : answers;
    }

    private void waits(List<String> page) {
        JsonNode waits = stats.path("waits_ms");
        if (waits.path("count").asLong(0) > 0) {
            page.add(row(
                    "winners",
                    "waited %s ms (half of them), %s ms (95 of 100), %s ms (99 of 100), at most %s ms"
                            .formatted(
                                    number(waits, "p50"),
                                    number(waits, "p95"),
                                    number(waits, "p99"),
                                    number(waits, "max"))));
        }
    }

    private void fairness(List<String> page) {
        JsonNode fairness = stats.path("fairness");
        if (fairness.path("measured").asLong(0) > 0) {
            page.add(row(
                    "order",
                    "%s%s of %s overtaken in %s inversions; 99 of 100 lost at most %s places and %s ms"
                            .formatted(
                                    fairness.path("exact").asBoolean(false) ? "" : "at least ",
                                    number(fairness, "overtaken"),
                                    number(fairness, "measured"),
                                    number(fairness, "inversions"),
                                    number(fairness.path("places_lost"), "p99"),
                                    number(fairness.path("ms_lost"), "p99"))));
        }
    }

    private void addresses(List<String> page) {
        String label = "refused";
        int shown = 0;
        for (JsonNode address : stats.path("refused_addresses")) {
            if (address.path("at_least").asLong(0) > 0 && shown++ < ADDRESSES) {
                page.add(row(
                        label,
                        "%-18s %s to %s times"
                                .formatted(
                                        address.path("address_hash").asString(""),
                                        number(address, "at_least"),
                                        number(address, "at_most"))));
                label = "";
            }
        }
    }

    private void seconds(List<String> page) {
        JsonNode seconds = stats.path("seconds");
        String label = "seconds";
        for (int i = Math.max(0, seconds.size() - SECONDS); i < seconds.size(); i++) {
            JsonNode second = seconds.get(i);
            page.add(row(
                    label,
                    "%s  granted %s, requests %s, refused %s"
                            .formatted(
                                    CLOCK.format(Instant.ofEpochSecond(
                                            second.path("second").asLong(0))),
                                    number(second, "granted"),
                                    number(second, "requests"),
                                    number(second, "refused"))));
            label = "";
        }
    }

    private String age() {
        JsonNode statistics = stats.path("statistics");
        if (!statistics.isObject()) {
            return "nothing has been counted yet";
        }
        return "counted %s ago, %s grants behind"
                .formatted(
                        Console.spoken(
                                Duration.ofMillis(statistics.path("age_ms").asLong(0))),
                        number(statistics, "grants_behind"));
    }

    private static String row(String label, String text) {
        return "%-10s%s".formatted(label, text);
    }

    private String number(String field) {
        return number(stats, field);
    }

    private static String number(JsonNode of, String field) {
        return grouped(of.path(field));
    }

    private static String grouped(JsonNode number) {
        return number.isNumber() ? String.format(Locale.ROOT, "%,d", number.asLong(0)) : "?";
    }
}
