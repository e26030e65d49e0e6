package dev.dibs.testkit;

import dev.dibs.ids.ActivityId;
import dev.dibs.ids.UserId;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that no other test uses: all tests write to the same log. */
public final class TestIds {
    private static final int LONGEST_NAME = 40;

    private TestIds() {}

    /** @param name what the test calls it; letters, digits and {@code . _ -} */
    public static ActivityId activity(String name) {
        return new ActivityId(unique(name));
    }

    public static UserId user(String name) {
        return new UserId(unique(name));
    }

    /** The name with something after it that makes it unlike any other. */
    public static String unique(String name) {
        String shortened = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        long random = ThreadLocalRandom.current().nextLong(1L << 48);
        return shortened + "-" + Long.toString(random, Character.MAX_RADIX).toLowerCase(Locale.ROOT);
    }
}
