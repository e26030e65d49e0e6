package dev.dibs.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that runs as a child process: its output goes to a file, and it is ended when this JVM is gone. */
public final class ServerProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
    private static final int LAST_LINES = 3;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final Process process;
    private final Path output;
    private final PidFile pidFile;
    private final Optional<OrphanGuard> guard;

    private ServerProcess(Process process, Path output, PidFile pidFile) {
        this.process = process;
        this.output = output;
        this.pidFile = pidFile;
        this.guard = OrphanGuard.watch(process);
    }

    /**
     * Starts the command in the folder; its output, and its process id, are kept there under the server's name.
     *
     * @throws ServerStartException if there is no such program; that it serves is for the caller to find out
     */
    public static ServerProcess start(String name, List<String> command, Path folder) {
        String file = name.toLowerCase(java.util.Locale.ROOT);
        Path output = folder.resolve(file + ".log");
        PidFile pidFile = new PidFile(folder.resolve(file + ".pid"));
        try {
            Process process = new ProcessBuilder(inOwnSession(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            pidFile.write(process.toHandle());
            return new ServerProcess(process, output, pidFile);
        } catch (IOException e) {
            throw new ServerStartException(
                    "%s cannot start: %s cannot be run: %s".formatted(name, command.get(0), e.getMessage()), e);
        }
    }

    /**
     * Ctrl-C goes to all processes of the terminal's foreground group. In a session of its own the server does not
     * get it, and is stopped when its users have stopped. Where there is no setsid it stops on its own, in no order.
     */
    static List<String> inOwnSession(List<String> command) {
        Optional<Path> setsid = Executables.find("setsid");
        if (setsid.isEmpty()) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of(setsid.get().toString()));
        wrapped.addAll(command);
        return wrapped;
    }

    /** Ends the process that a killed JVM left behind, if it is still there and that very one. */
    static void endLeftover(PidFile pidFile, String program, Duration patience) {
        Optional<ProcessHandle> leftover = pidFile.leftover(program);
        if (leftover.isPresent() && !end(leftover.get(), patience)) {
            throw new ServerStartException("A %s of an earlier start is still running and cannot be ended: process %d"
                    .formatted(program, leftover.get().pid()));
        }
    }

    private static boolean end(ProcessHandle process, Duration patience) {
        log.warn("Ending a process that was left over from an earlier start; pid={}", process.pid());
        process.destroy();
        return ended(process, patience) || process.destroyForcibly() && ended(process, patience);
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("Waiting for process " + process.pid() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines that the server has printed, on one line. */
    public String lastWords() {
        try {
            List<String> lines = Files.readString(output, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(" + output + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Ends the process without asking it. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks the process to end, waits at most 15 seconds, and then ends it without asking. */
    @Override
    public void close() {
        stop(STOP_WITHIN);
    }

    /** The same, with another patience. */
    void stop(Duration patience) {
        process.destroy();
        if (!ended(process.toHandle(), patience)) {
            log.warn("A server did not stop in time and is killed; pid={} seconds={}", pid(), patience.toSeconds());
            kill();
        }
        guard.ifPresent(OrphanGuard::close);
        try {
            pidFile.delete();
        } catch (IOException e) {
            log.warn("The file of a process id stays; pid={} error={}", pid(), e.toString());
        }
    }
}
