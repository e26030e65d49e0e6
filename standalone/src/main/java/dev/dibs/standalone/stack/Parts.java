package dev.dibs.standalone.stack;

import dev.dibs.standalone.console.ProblemException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, to be stopped in the opposite order, each within bounded time. */
final class Parts {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private final StackListener listener;
    private boolean stopped;

    Parts(StackListener listener) {
        this.listener = listener;
    }

    /** @throws ProblemException where everything has been stopped meanwhile, by a signal; then the part is stopped too */
    synchronized void add(String name, AutoCloseable closeable) {
        Part part = new Part(name, closeable);
        if (stopped) {
            stop(part);
            throw new ProblemException("stopped while starting");
        }
        parts.push(part);
    }

    /** Stops one of them alone. */
    synchronized void stop(AutoCloseable closeable) {
        parts.stream().filter(p -> p.closeable() == closeable).findFirst().ifPresent(part -> {
            parts.remove(part);
            stop(part);
        });
    }

    /** Stops all; one that fails or hangs is logged and does not keep the others running. */
    synchronized void stopAll() {
        stopped = true;
        while (!parts.isEmpty()) {
            stop(parts.pop());
        }
    }

    private void stop(Part part) {
        long start = System.nanoTime();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> close(part, done), "stop-" + part.name());
        thread.setDaemon(true);
        thread.start();
        try {
            done.get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("{} did not stop within {} s and is left behind", part.name(), STOP_WITHIN.toSeconds());
        } catch (ExecutionException e) {
            log.warn(
                    "{} did not stop cleanly; error={}",
                    part.name(),
                    e.getCause().toString(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listener.stopped(part.name(), Duration.ofNanos(System.nanoTime() - start));
    }

    private static void close(Part part, CompletableFuture<Void> done) {
        try {
            part.closeable().close();
            done.complete(null);
        } catch (Exception | Error e) {
            done.completeExceptionally(e);
        }
    }
}
