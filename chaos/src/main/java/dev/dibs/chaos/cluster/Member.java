package dev.dibs.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of the installation. It keeps its name, its folder and its ports over all restarts; its log file grows.
 * Whoever ends by itself is started again by {@link #reviveIfEnded()}, as any installation does.
 */
public final class Member {
    /** The file in its folder that a service without a port touches while it is well. */
    static final String HEALTH = "health";

    private static final Logger log = LoggerFactory.getLogger(Member.class);
    private static final Duration READY_WITHIN = Duration.ofSeconds(180);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(40);
    private static final int TOLD_LINES = 30;

    private final String name;
    private final Path folder;
    private final Path pidFile;
    private final Launch launch;
    private final BooleanSupplier serves;
    private volatile Process process;
    private volatile boolean wanted;
    private boolean retired;
    private volatile int endedByItself;

    /**
     * @param folder of this member alone
     * @param pids folder in which the ids of running processes are noted
     * @param serves whether it is up, seen from outside
     */
    Member(String name, Path folder, Path pids, Launch launch, BooleanSupplier serves) {
        this.name = name;
        this.folder = folder;
        this.pidFile = pids.resolve(name + ".pid");
        this.launch = launch.inOwnSession();
        this.serves = serves;
    }

    public String name() {
        return name;
    }

    public Path folder() {
        return folder;
    }

    public Path logFile() {
        return folder.resolve(name + ".log");
    }

    /** Starts the process, unless it runs; does not wait until it serves. */
    public void start() {
        start(Map.of());
    }

    /** The same with more environment variables, this time only. */
    public synchronized void start(Map<String, String> more) {
        if (retired) {
            throw new ClusterException(name + " is not started any more: the run is being ended");
        }
        wanted = true;
        if (isAlive()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            // What the process before it has left says nothing of this one.
            Files.deleteIfExists(folder.resolve(HEALTH));
            Launch now = launch.with(more);
            ProcessBuilder builder = new ProcessBuilder(now.command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
            builder.environment().keySet().removeIf(variable -> variable.startsWith("DIBS_"));
            builder.environment().putAll(now.environment());
            process = builder.start();
            Files.writeString(pidFile, Long.toString(process.pid()));
        } catch (IOException e) {
            throw new ClusterException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** @throws ClusterException where it does not serve in time; with the end of its log, which may be gone soon */
    public void awaitReady() {
        // Who has ended is started again by the supervisor; so that is no reason to give up.
        if (!Patience.await(READY_WITHIN, this::serves)) {
            throw new ClusterException(name + (isAlive() ? " runs, but" : " has ended, and") + " is not ready within "
                    + READY_WITHIN.toSeconds() + " s; the end of its log:\n" + endOfLog());
        }
    }

    private String endOfLog() {
        try (Stream<String> lines = Files.lines(logFile(), StandardCharsets.ISO_8859_1)) {
            Deque<String> last = new ArrayDeque<>();
            lines.forEach(line -> {
                last.addLast(line);
                if (last.size() > TOLD_LINES) {
                    last.removeFirst();
                }
            });
            return String.join("\n", last);
        } catch (IOException | UncheckedIOException e) {
            return "(it cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Whether it answers. */
    public boolean serves() {
        return isAlive() && serves.getAsBoolean();
    }

    public boolean isAlive() {
        Process now = process;
        return now != null && now.isAlive();
    }

    /** Empty while it is not running. */
    public OptionalLong pid() {
        Process now = process;
        return now != null && now.isAlive() ? OptionalLong.of(now.pid()) : OptionalLong.empty();
    }

    /**
     * Asks it to end, and kills it where it does not in time.
     *
     * @return whether it ran and has ended because it was asked
     */
    public boolean stop() {
        wanted = false;
        Process now = process;
        if (now == null || !now.isAlive()) {
            forget();
            return false;
        }
        now.destroy();
        boolean ended = Patience.await(STOP_WITHIN, () -> !now.isAlive());
        if (!ended) {
            log.warn("A member did not stop when asked, and is killed; name={}", name);
            kill();
        }
        forget();
        return ended;
    }

    /**
     * Ends it without asking, also while it is held.
     *
     * @return whether it ran
     */
    public boolean kill() {
        wanted = false;
        Process now = process;
        boolean ran = now != null && now.isAlive();
        if (now != null) {
            now.destroyForcibly().onExit().join();
        }
        forget();
        return ran;
    }

    /** Kills it for good; who still wants to start it, on another thread, cannot. */
    synchronized void retire() {
        retired = true;
        kill();
    }

    /**
     * Holds it as it is (SIGSTOP): its connections stay, it answers nothing, and its clocks go on.
     *
     * @return whether there was a process to hold
     */
    public boolean hold() {
        OptionalLong pid = pid();
        return pid.isPresent() && Signals.send("STOP", pid.getAsLong());
    }

    /** Lets it go on (SIGCONT). */
    public void letGo() {
        pid().ifPresent(pid -> Signals.send("CONT", pid));
    }

    /** Starts it again if it should run and does not. */
    synchronized void reviveIfEnded() {
        if (wanted && !isAlive()) {
            endedByItself++;
            log.warn("A member has ended by itself and is started again; name={} log={}", name, logFile());
            start();
        }
    }

    /** How often it has ended without having been killed. */
    public int endedByItself() {
        return endedByItself;
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            log.warn("The file of a process id stays; file={} error={}", pidFile, e.toString());
        }
    }
}
