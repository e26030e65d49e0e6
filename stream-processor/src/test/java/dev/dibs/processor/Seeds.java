package dev.dibs.processor;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seeds of random tests: some that stay, so that a build can be compared with another, and one that is new each time. */
public final class Seeds {
    private static final Logger log = LoggerFactory.getLogger(Seeds.class);

    private Seeds() {}

    public static LongStream some() {
        long fresh = ThreadLocalRandom.current().nextLong();
        log.warn("Fresh seed {}", fresh);
        return LongStream.of(1, 2, 3, 4, 5, fresh);
    }

    public static long fresh() {
        long fresh = ThreadLocalRandom.current().nextLong();
        log.warn("Fresh seed {}", fresh);
        return fresh;
    }
}
