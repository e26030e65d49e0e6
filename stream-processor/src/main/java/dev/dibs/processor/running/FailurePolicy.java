package dev.dibs.processor.running;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that has died: after an error that passes by itself another takes its place, after
 * any other the processor stops, because going on would mean to lose or to repeat something.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(FailurePolicy.class);
    /** More often than this within the time below, an error does not pass by itself. */
    private static final int MAX_REPLACED = 10;

    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final Clock clock;
    private final Consumer<Throwable> fatal;
    private final Deque<Instant> replaced = new ArrayDeque<>();

    FailurePolicy(Clock clock, Consumer<Throwable> fatal) {
        this.clock = clock;
        this.fatal = fatal;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable error) {
        if (isRetriable(error) && mayReplace()) {
            log.warn(
                    "A stream thread has failed and is replaced; error={}",
                    root(error).toString());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        // Streams itself logs where it happened.
        log.error("The stream-processor stops; error={}", root(error).toString());
        fatal.accept(error);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private boolean mayReplace() {
        Instant now = clock.instant();
        while (!replaced.isEmpty() && replaced.peek().isBefore(now.minus(WITHIN))) {
            replaced.remove();
        }
        replaced.add(now);
        return replaced.size() <= MAX_REPLACED;
    }

    private static boolean isRetriable(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
