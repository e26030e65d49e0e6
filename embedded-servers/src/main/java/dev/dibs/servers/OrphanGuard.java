package dev.dibs.servers;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a child process when this JVM is gone, however it went: a second, tiny child waits for the end of a pipe that
 * the operating system closes with the JVM. A shutdown hook would miss a killed JVM, and would run at the same time
 * as the hook that stops the program in order.
 */
final class OrphanGuard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrphanGuard.class);
    private static final String SCRIPT = "trap '' INT HUP TERM; read -r ignored; kill -TERM \"$1\"";

    private final Process watcher;

    private OrphanGuard(Process watcher) {
        this.watcher = watcher;
    }

    /** Watches over the process; where there is no shell, at least an ordinary end of the JVM ends it. */
    static Optional<OrphanGuard> watch(Process process) {
        List<String> command = List.of("sh", "-c", SCRIPT, "dibs-orphan-guard", Long.toString(process.pid()));
        try {
            return Optional.of(new OrphanGuard(new ProcessBuilder(ServerProcess.inOwnSession(command))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()));
        } catch (IOException e) {
            log.debug("No shell to watch over a child; pid={} error={}", process.pid(), e.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "dibs-orphan-guard"));
            return Optional.empty();
        }
    }

    /** Ends the watch, once the process itself has ended: its id may soon be somebody else's. */
    @Override
    public void close() {
        watcher.destroyForcibly();
    }
}
