package dev.dibs.processor.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file whose age tells a container's health check whether the processor runs. */
public final class HealthFile {
    private static final Logger log = LoggerFactory.getLogger(HealthFile.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Path file;
    private ScheduledExecutorService touching;

    public HealthFile(Path file) {
        this.file = file;
    }

    synchronized void start(BooleanSupplier healthy) {
        touching = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "dibs-health-file");
            thread.setDaemon(true);
            return thread;
        });
        touching.scheduleWithFixedDelay(() -> touch(healthy), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void touch(BooleanSupplier healthy) {
        try {
            if (healthy.getAsBoolean()) {
                Files.writeString(file, Instant.now().toString());
            }
        } catch (IOException | RuntimeException e) {
            // Thrown on, it would end the touching for good.
            log.warn("The health file cannot be written; file={} error={}", file, e.toString());
        }
    }

    /** Removes the file, so that nobody takes a stopped processor for a running one. */
    synchronized void stop() {
        if (touching == null) {
            return;
        }
        touching.shutdownNow();
        try {
            if (!touching.awaitTermination(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("The health file is still being written; file={}", file);
            }
            Files.deleteIfExists(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.warn("The health file cannot be removed; file={} error={}", file, e.toString());
        }
        touching = null;
    }
}
