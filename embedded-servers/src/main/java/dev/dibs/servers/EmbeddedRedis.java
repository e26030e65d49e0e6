package dev.dibs.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A real redis-server process of our own, with its append-only file in a folder; it never outlives this JVM. */
public final class EmbeddedRedis implements AutoCloseable {
    private static final String NAME = "Redis";
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final DataFolder folder;
    private final ServerProcess process;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRedis(DataFolder folder, ServerProcess process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Starts on the port of the last start in this folder, or on any free one. */
    public static EmbeddedRedis start(Path folder) {
        return start(folder, 0);
    }

    /**
     * Starts, and returns once Redis has loaded its data and answers.
     *
     * @param port to listen on; 0 for the one of the last start or any free one
     * @throws ServerStartException if the folder or the port is in use, there is no redis-server, or it does not start
     */
    public static EmbeddedRedis start(Path folder, int port) {
        return start(folder, port, System.getenv().getOrDefault("PATH", ""));
    }

    static EmbeddedRedis start(Path folder, int port, String searchPath) {
        DataFolder data = DataFolder.open(folder, NAME);
        try {
            // A redis-server left over from a JVM that was killed would write to the same append-only file.
            ServerProcess.endLeftover(new PidFile(data.resolve("redis.pid")), "redis", STOP_WITHIN);
            int chosen = data.port("redis", port);
            Path binary = RedisBinary.find(searchPath, data.resolve("bin"));
            ServerProcess process = ServerProcess.start(NAME, command(binary, data, chosen), data.path());
            return new EmbeddedRedis(data, awaitReady(process, chosen), chosen);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static List<String> command(Path binary, DataFolder data, int port) {
        return List.of(
                binary.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                data.path().toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                "--daemonize",
                "no");
    }

    private static ServerProcess awaitReady(ServerProcess process, int port) {
        try {
            RedisPing.awaitPong(port, START_WITHIN, process::isAlive);
            return process;
        } catch (ServerStartException e) {
            process.stop(Duration.ofSeconds(2));
            throw new ServerStartException(
                    "Redis cannot start on port %d: %s; its last words: %s"
                            .formatted(port, e.getMessage(), process.lastWords()),
                    e);
        }
    }

    /** {@code redis://127.0.0.1:port}. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The process id of the redis-server. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process without giving it time to write anything, as a crash does; then it still has to be closed. */
    public void kill() {
        process.kill();
    }

    /** Lets Redis write its data and end. Waits at most 15 seconds, then kills it. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            process.close();
            folder.close();
        }
    }
}
