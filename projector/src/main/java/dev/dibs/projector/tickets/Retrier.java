package dev.dibs.projector.tickets;

import dev.dibs.projector.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database again and again until it answers, with growing pauses; only closing ends that. The thread that
 * asks waits meanwhile, so that nothing piles up in memory: the log keeps what is still to come.
 */
public final class Retrier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Retrier.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** Every so many attempts one is logged: about twice a minute once the pauses have grown. */
    private static final int LOG_EVERY = 6;

    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Tries at least once, also after closing: what is on its way at that moment is brought to its end.
     *
     * @param what for the log, as the subject of a sentence
     * @return the answer, or empty where none came before closing
     */
    public <T> Optional<T> ask(String what, Supplier<T> question) {
        for (int attempt = 1; ; attempt++) {
            try {
                T answer = question.get();
                if (attempt > 1) {
                    log.info("{} succeeded at attempt {}", what, attempt);
                }
                return Optional.of(answer);
            } catch (StoreException e) {
                if (attempt % LOG_EVERY == 1) {
                    log.warn("{} failed and is tried again; attempt={} error={}", what, attempt, e.getMessage());
                }
            }
            if (!pause(attempt)) {
                return Optional.empty();
            }
        }
    }

    /** @return whether it was done; false where closing came before */
    public boolean insist(String what, Runnable action) {
        return ask(what, () -> {
                    action.run();
                    return true;
                })
                .orElse(false);
    }

    /**
     * Waits, longer with each attempt.
     *
     * @param attempt from 1
     * @return false as soon as this has been closed or the thread interrupted
     */
    public boolean pause(int attempt) {
        long millis = Math.min(FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 10), LONGEST_PAUSE.toMillis());
        return pauseFor(Duration.ofMillis(millis));
    }

    /** @return false as soon as this has been closed or the thread interrupted */
    public boolean pauseFor(Duration time) {
        try {
            return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends all waiting. */
    @Override
    public void close() {
        closed.countDown();
    }
}
