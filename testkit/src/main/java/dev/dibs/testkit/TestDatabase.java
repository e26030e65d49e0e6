package dev.dibs.testkit;

import java.util.Locale;

/** Names of MongoDB databases that no other test uses. */
public final class TestDatabase {
    private TestDatabase() {}

    /** For one run of this test class. At most 63 characters, as MongoDB wants it. */
    public static String nameFor(Class<?> test) {
        return "dibs-" + TestIds.unique(test.getSimpleName().toLowerCase(Locale.ROOT));
    }
}
