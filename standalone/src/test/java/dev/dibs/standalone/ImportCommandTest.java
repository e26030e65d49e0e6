package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell makes on the way is a pipe: whoever opens it a second time finds nothing. */
class ImportCommandTest {
    private static final String ACTIVITY = "id: night\nname: Night\nstart_time: 1000\nend_time: 2000\n";

    @TempDir
    Path folder;

    private final long start = Instant.now().getEpochSecond() + 600;
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startServerThatHoldsADraft() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/admin/activities", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void anActivityThatCanBeReadOnlyOnceIsComparedWithItsDraftAllTheSame() throws Exception {
        Path pipe = folder.resolve("activity.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> writeOnce(pipe));
        Path token = Files.writeString(folder.resolve("token"), "token");

        Program imported = Program.run(
                "import",
                "--url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "--token-file",
                token.toString(),
                "--activity",
                pipe.toString(),
                "--starts-in",
                "5m",
                "--lasts",
                "1h");

        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("its draft is there already");
        assertThat(sent).hasSize(2).last().asString().contains("name: Night\nstart_time: " + start + "\n");
        written.join();
    }

    /** It can be opened once its reader has come; then it goes, so that a second reader fails and does not wait. */
    private static void writeOnce(Path pipe) {
        try (OutputStream out = Files.newOutputStream(pipe)) {
            Files.delete(pipe);
            out.write(ACTIVITY.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean get = exchange.getRequestMethod().equals("GET");
        if (!get) {
            sent.add(body);
        }
        boolean found = get || body.contains("start_time: " + start + "\n");
        String answer = found
                ? "{\"id\":\"night\",\"name\":\"Night\",\"state\":\"DRAFT\",\"start_time\":%d,\"end_time\":%d}"
                        .formatted(start, start + 3_600)
                : "{\"detail\":\"There is another activity 'night' already\"}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(found ? 200 : 409, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
