package dev.dibs.api.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.ids.ActivityId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedRunsTest {
    private static final ActivityId MOVIE = new ActivityId("movie");

    private final RecoveryThreads threads = new RecoveryThreads(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void end() {
        threads.close();
    }

    private SharedRuns runs(SharedRuns.Run run) {
        return new SharedRuns(threads, activity -> true, activity -> {
            begun.incrementAndGet();
            return run;
        });
    }

    private static void join(CompletableFuture<Void> run) {
        run.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void whoAsksWhileARunIsUnderWaySharesTheNext() {
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        SharedRuns runs = runs(() -> {
            goOn.join();
            return true;
        });
        CompletableFuture<Void> first = runs.ask(MOVIE);
        CompletableFuture<Void> second = runs.ask(MOVIE);
        CompletableFuture<Void> third = runs.ask(MOVIE);

        goOn.complete(null);
        join(first);
        join(second);

        assertThat(second).isSameAs(third).isNotSameAs(first);
        assertThat(begun).hasValue(2);
    }

    @Test
    void aRunThatHasLeftOffIsTheSameWhenItGoesOnAndHoldsNoThread() {
        AtomicInteger looks = new AtomicInteger();
        CompletableFuture<Void> other = new CompletableFuture<>();
        SharedRuns runs = runs(() -> looks.incrementAndGet() > 3);

        CompletableFuture<Void> run = runs.ask(MOVIE);
        threads.execute(true, () -> other.complete(null));

        join(other);
        join(run);
        assertThat(looks).hasValue(4);
        assertThat(begun).hasValue(1);
    }

    @Test
    void whateverARunEndsWithTheNextOneIsNotHeldUp() {
        AtomicInteger looks = new AtomicInteger();
        SharedRuns runs = runs(() -> {
            switch (looks.incrementAndGet()) {
                case 1 -> throw new RecoveryException("no Redis");
                case 2 -> throw new OutOfMemoryError("a test's");
                default -> {
                    return true;
                }
            }
        });

        assertThatThrownBy(() -> join(runs.ask(MOVIE))).hasRootCauseInstanceOf(RecoveryException.class);
        assertThatThrownBy(() -> join(runs.ask(MOVIE))).hasRootCauseInstanceOf(OutOfMemoryError.class);
        join(runs.ask(MOVIE));
    }
}
