package dev.dibs.activity;

/** Checks shared by the parts of an activity. Field names are those of the operators' files. */
final class Texts {
    private static final int MAX_NAME = 200;
    private static final int MAX_DESCRIPTION = 4_000;
    private static final int MAX_IMAGE = 1_000;
    /** The year 3000; whoever sends milliseconds is caught by it. */
    private static final long MAX_TIME = 32_503_680_000L;

    private Texts() {}

    static void name(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
        atMost(field, value, MAX_NAME);
    }

    static String description(String field, String value) {
        return optional(field, value, MAX_DESCRIPTION);
    }

    static String image(String field, String value) {
        return optional(field, value, MAX_IMAGE);
    }

    static void window(String startField, long start, String endField, long end) {
        if (start < 0 || start > MAX_TIME) {
            throw new IllegalArgumentException(startField + " must be epoch seconds between 0 and " + MAX_TIME);
        }
        if (end <= start || end > MAX_TIME) {
            throw new IllegalArgumentException(
                    endField + " must be epoch seconds after " + startField + " and at most " + MAX_TIME);
        }
    }

    private static String optional(String field, String value, int maxLength) {
        if (value == null) {
            return "";
        }
        atMost(field, value, maxLength);
        return value;
    }

    private static void atMost(String field, String value, int maxLength) {
        if (value.length() > maxLength) {
            throw new IllegalArgumentException(field + " must have at most " + maxLength + " characters");
        }
    }
}
