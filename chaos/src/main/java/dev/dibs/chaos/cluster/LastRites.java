package dev.dibs.chaos.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Kills what is left when this program is gone, however it went: a tiny child waits for the end of a pipe that the
 * operating system closes with the program. It kills by force, for a process that is held does not hear anything else.
 */
final class LastRites implements AutoCloseable {
    private static final String SCRIPT = "trap '' INT HUP TERM; read -r ignored; "
            + "for file in \"$1\"/*.pid; do [ -f \"$file\" ] && kill -KILL \"$(cat \"$file\")\"; done";

    private final Process watcher;

    /** @param pids folder with a file for each process that runs */
    LastRites(Path pids) {
        try {
            Launch watch = Launch.of(List.of("sh", "-c", SCRIPT, "dibs-last-rites", pids.toString()))
                    .inOwnSession();
            watcher = new ProcessBuilder(watch.command())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new ClusterException("There is no shell to watch over the processes", e);
        }
    }

    /** For a test: what the operating system does when this program is gone. */
    void programEnds() {
        try {
            watcher.getOutputStream().close();
        } catch (IOException e) {
            throw new ClusterException("The pipe cannot be closed", e);
        }
    }

    /** Ends the watch, once the processes have ended: their ids may soon be somebody else's. */
    @Override
    public void close() {
        watcher.destroyForcibly();
    }
}
