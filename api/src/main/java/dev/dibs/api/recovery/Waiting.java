package dev.dibs.api.recovery;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Recovery runs step by step on threads of its own, where waiting is allowed; never without a limit. */
final class Waiting {
    static final Duration STEP = Duration.ofSeconds(10);

    private Waiting() {}

    static <T> T await(CompletionStage<T> step, String what) {
        try {
            return step.toCompletableFuture().get(STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new RecoveryException(what + " failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new RecoveryException(what + " did not end within " + STEP.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecoveryException(what + " was interrupted", e);
        }
    }
}
