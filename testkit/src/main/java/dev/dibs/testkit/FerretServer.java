package dev.dibs.testkit;

import dev.dibs.servers.Executables;
import dev.dibs.servers.FreePorts;
import dev.dibs.servers.ServerProcess;
import dev.dibs.servers.ServerStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** FerretDB 1.x with its SQLite backend: a second opinion on MongoDB's protocol where no MongoDB can be installed. */
final class FerretServer implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(30);

    private final ServerProcess process;
    private final TemporaryFolder folder;
    private final int port;

    private FerretServer(ServerProcess process, TemporaryFolder folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    static Optional<FerretServer> startIfInstalled() {
        return Executables.find("ferretdb").or(FerretServer::builtByGo).map(FerretServer::start);
    }

    private static Optional<Path> builtByGo() {
        Path program = Path.of(System.getProperty("user.home"), "go", "bin", "ferretdb");
        return Optional.of(program).filter(Files::isExecutable);
    }

    private static FerretServer start(Path program) {
        TemporaryFolder folder = TemporaryFolder.create("dibs-test-ferretdb");
        int port = FreePorts.next();
        List<String> command = List.of(
                // Without a limit its garbage alone takes seventeen gigabytes in a few seconds of bulk writes: seen.
                "env",
                "GOMEMLIMIT=1GiB",
                program.toString(),
                "--handler=sqlite",
                "--sqlite-url=file:" + folder.path() + "/",
                "--state-dir=" + folder.path(),
                "--listen-addr=127.0.0.1:" + port,
                "--debug-addr=-",
                "--telemetry=disable",
                "--log-level=error");
        FerretServer server = new FerretServer(ServerProcess.start("FerretDB", command, folder.path()), folder, port);
        server.awaitReady();
        return server;
    }

    private void awaitReady() {
        try {
            Awaitility.await().atMost(START_WITHIN).until(() -> !process.isAlive() || !FreePorts.isFree(port));
        } catch (ConditionTimeoutException e) {
            close();
            throw new ServerStartException("FerretDB does not serve after " + START_WITHIN.toSeconds() + " s", e);
        }
        if (!process.isAlive()) {
            String lastWords = process.lastWords();
            close();
            throw new ServerStartException("FerretDB cannot start; its last words: " + lastWords);
        }
    }

    String uri() {
        return "mongodb://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
        folder.close();
    }
}
