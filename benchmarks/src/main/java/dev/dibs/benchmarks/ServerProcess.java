package dev.dibs.benchmarks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server under test, in a process of its own on 127.0.0.1. Closing it ends it, by force where it does not obey. */
final class ServerProcess implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(40);
    /** Below this share of one processor a server counts as idle. */
    private static final double IDLE = 0.15;

    /** What a server writes last says why it has ended; a stack trace would not fit into a sentence. */
    private static final int LAST_LINES = 5;

    private static final int LAST_BYTES = 4_000;

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread killer;

    /** @param settings all of {@code DIBS_*} that it has */
    ServerProcess(String name, List<String> command, Map<String, String> settings, Path log) throws IOException {
        this.name = name;
        this.log = log;
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        replaceSettings(builder.environment(), settings);
        this.process = builder.start();
        // Ctrl-C must not leave servers behind.
        this.killer = new Thread(this::end, "stop-" + name);
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /** Else a server that is named for another program would be measured, and be left with what is sold here. */
    static void replaceSettings(Map<String, String> environment, Map<String, String> settings) {
        environment.keySet().removeIf(name -> name.startsWith("DIBS_"));
        environment.putAll(settings);
    }

    /** Waits until the server answers HTTP at all. */
    void awaitAnswer(URI uri, Duration atMost) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < end) {
            if (!process.isAlive()) {
                throw new IOException(
                        name + " ended with exit code " + process.exitValue() + " while starting" + lastWords());
            }
            if (answers(uri)) {
                return;
            }
            Thread.sleep(200);
        }
        throw new IOException(
                name + " did not answer at " + uri + " within " + atMost.toSeconds() + " s" + lastWords());
    }

    /**
     * Waits until the server has worked off what the last load left behind (a projection, a statistic), so that it
     * does not count against the next one.
     *
     * @return whether it came to rest in time
     */
    boolean awaitIdle(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        Duration before = cpu();
        while (System.nanoTime() < end) {
            Thread.sleep(500);
            Duration now = cpu();
            if (now.minus(before).toMillis() < 500 * IDLE) {
                return true;
            }
            before = now;
        }
        return false;
    }

    /** The last lines that the server has written, on one line behind a colon; empty where there are none. */
    private String lastWords() {
        try (SeekableByteChannel file = Files.newByteChannel(log)) {
            file.position(Math.max(0, file.size() - LAST_BYTES));
            String end = new String(Channels.newInputStream(file).readNBytes(LAST_BYTES), StandardCharsets.UTF_8);
            List<String> lines = end.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            return last.isEmpty() ? "" : ": " + String.join(" | ", last);
        } catch (IOException e) {
            return "; what it wrote cannot be read: " + e.getMessage();
        }
    }

    private Duration cpu() {
        // The server's own children, Redis above all, work for it too.
        return process.descendants().map(ServerProcess::cpuOf).reduce(cpuOf(process.toHandle()), Duration::plus);
    }

    private static Duration cpuOf(ProcessHandle handle) {
        return handle.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static boolean answers(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(2_000);
            try {
                return connection.getResponseCode() > 0;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            // Not up yet; the caller's time limit decides.
            return false;
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // The hook is running already, and does the same.
        }
    }

    private void end() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
