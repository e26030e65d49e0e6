package dev.dibs.standalone.report;

/** How many seconds one point of a curve stands for. */
final class Widths {
    private static final long[] OF_A_CLOCK = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200
    };
    private static final long DAY = 86_400;

    private Widths() {}

    /** The shortest that a clock knows with which so many points are enough. */
    static long of(long seconds, int points) {
        for (long width : OF_A_CLOCK) {
            // One more, for a span that does not begin where a point does.
            if (seconds / width + 2 <= points) {
                return width;
            }
        }
        long days = 1;
        while (seconds / (days * DAY) + 2 > points) {
            days *= 2;
        }
        return days * DAY;
    }

    static String inWords(long seconds) {
        if (seconds < 60) {
            return counted(seconds, "a second", "seconds");
        } else if (seconds < 3_600) {
            return counted(seconds / 60, "a minute", "minutes");
        } else if (seconds < DAY) {
            return counted(seconds / 3_600, "an hour", "hours");
        }
        return counted(seconds / DAY, "a day", "days");
    }

    private static String counted(long number, String one, String many) {
        return number == 1 ? one : number + " " + many;
    }
}
