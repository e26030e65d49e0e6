package dev.dibs;

import java.util.stream.LongStream;

/** Seeds of random tests. {@code -Ddibs.seed=N} runs a test with that one only, to see a failure again. */
public final class Seeds {
    private static final int FRESH = 5;

    private Seeds() {}

    /** The same seeds at every run, and a few that nobody has tried before; a test names its seed when it fails. */
    public static LongStream upTo(int count) {
        Long given = Long.getLong("dibs.seed");
        if (given != null) {
            return LongStream.of(given);
        }
        return LongStream.concat(
                fixed(count), LongStream.generate(System::nanoTime).limit(FRESH));
    }

    /** The same seeds at every run. */
    public static LongStream fixed(int count) {
        return LongStream.rangeClosed(1, count);
    }
}
