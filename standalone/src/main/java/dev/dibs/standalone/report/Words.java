package dev.dibs.standalone.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as a person reads them; times are UTC. */
final class Words {
    private static final DateTimeFormatter DAY = format("d MMMM uuuu");
    private static final DateTimeFormatter SECOND = format("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MILLI = format("uuuu-MM-dd HH:mm:ss.SSS");

    private Words() {}

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String number(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** @param of 0 where there is nothing to have a share of */
    static String share(long part, long of) {
        if (of == 0) {
            return "–";
        }
        double percent = 100.0 * part / of;
        // What is there is not nothing, and what is not everything is not all.
        if (part > 0 && percent < 0.01) {
            return "< 0.01 %";
        }
        if (part < of && percent > 99.99) {
            return "> 99.99 %";
        }
        return String.format(Locale.ROOT, percent < 1 && part > 0 ? "%.2f %%" : "%.1f %%", percent);
    }

    static String day(long epochSeconds) {
        return DAY.format(Instant.ofEpochSecond(epochSeconds));
    }

    static String second(long epochSeconds) {
        return SECOND.format(Instant.ofEpochSecond(epochSeconds));
    }

    static String milli(long epochMillis) {
        return MILLI.format(Instant.ofEpochMilli(epochMillis));
    }

    static String took(long millis) {
        Duration time = Duration.ofMillis(millis);
        if (millis < 1_000) {
            return millis + " ms";
        } else if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        } else if (time.toHours() < 1) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        } else if (time.toDays() < 2) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toDays() + " d " + time.toHoursPart() + " h";
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
