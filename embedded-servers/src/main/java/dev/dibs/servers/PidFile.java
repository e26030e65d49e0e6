package dev.dibs.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process serves a folder, noted in that folder, so that the next start finds what a killed JVM has left running.
 * An id alone says little: after a crash of the machine it may be that of any process, also of another redis-server.
 */
final class PidFile {
    private static final String FORM = "[1-9][0-9]{0,9}( [0-9]{1,18})?";

    private final Path file;
    private final Path proc;

    PidFile(Path file) {
        this(file, Path.of("/proc"));
    }

    /** @param proc where the system shows its processes as folders; need not exist */
    PidFile(Path file, Path proc) {
        this.file = file;
        this.proc = proc;
    }

    /** Notes the process; it must have been started in the folder of the file. */
    void write(ProcessHandle process) throws IOException {
        Optional<Instant> started = process.info().startInstant();
        Files.writeString(
                file,
                process.pid()
                        + started.map(instant -> " " + instant.toEpochMilli()).orElse(""));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The process that was noted, if it runs, is of this program, and is that very one. */
    Optional<ProcessHandle> leftover(String program) {
        String[] noted = read().split(" ");
        if (noted[0].isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(noted[0]))
                .filter(process -> process.info().command().orElse("").contains(program))
                .filter(process -> Files.exists(proc) ? worksHere(process) : startedThen(process, noted));
    }

    private String read() {
        try {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.matches(FORM) ? text : "";
        } catch (IOException e) {
            throw new ServerStartException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    /**
     * Linux tells when a process started by the time since the boot, so that the instant moves with each correction of
     * the clock; but it shows the folder in which a process works.
     */
    private boolean worksHere(ProcessHandle process) {
        Path folder = proc.resolve(Long.toString(process.pid())).resolve("cwd");
        try {
            return Files.isSameFile(folder, file.toAbsolutePath().getParent());
        } catch (IOException e) {
            // It is gone, or somebody else's: in either case none that we have started.
            return false;
        }
    }

    /** Elsewhere the system keeps the instant itself. */
    private static boolean startedThen(ProcessHandle process, String[] noted) {
        return noted.length > 1
                && process.info()
                        .startInstant()
                        .filter(started -> started.toEpochMilli() == Long.parseLong(noted[1]))
                        .isPresent();
    }
}
