package dev.dibs.results;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Checks shared by the results' constructors. */
final class Checks {
    private Checks() {}

    static void present(String field, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }

    static void atLeast(String field, long minimum, long value) {
        if (value < minimum) {
            throw new IllegalArgumentException(field + " must be at least " + minimum + " but is " + value);
        }
    }

    /** Sorted, so that equal counts are equal bytes. */
    static Map<String, Long> counts(String field, Map<String, Long> counts) {
        present(field, counts);
        counts.forEach((name, count) -> atLeast(field + "." + name, 0, count));
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
