package dev.dibs.events;

/** Checks shared by the events' constructors. */
final class Require {
    private Require() {}

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static void atLeast(String field, long minimum, long value) {
        if (value < minimum) {
            throw new IllegalArgumentException(field + " must be at least " + minimum + " but is " + value);
        }
    }

    static String text(String field, String value, int maxLength) {
        present(field, value);
        if (value.length() > maxLength) {
            throw new IllegalArgumentException(field + " must have at most " + maxLength + " characters");
        }
        return value;
    }
}
