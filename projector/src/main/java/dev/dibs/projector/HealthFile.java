package dev.dibs.projector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file whose age tells a container's health check whether the projector is keeping up. */
final class HealthFile {
    private static final Logger log = LoggerFactory.getLogger(HealthFile.class);

    private final Path file;
    private final Clock clock;
    private boolean complained;

    /** @param file null for none */
    HealthFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    void touch() {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, clock.instant() + "\n");
            complained = false;
        } catch (IOException e) {
            if (!complained) {
                log.warn("The health file cannot be written; file={} error={}", file, e.toString());
                complained = true;
            }
        }
    }
}
