package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a command says is calling, towards a server that notes it. */
class ServerOptionsTest {
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub3J0aC0xIn0.c2lnbmVk-_c2lnbmVk";
    private static final String TICKET =
            "{\"name\":\"Seat\",\"activityId\":\"movie\",\"ticketId\":\"ticket-1\",\"redeemed_at\":1}";

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String url;
    private int status = 200;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            calls.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (status == 200 ? TICKET : "{\"detail\":\"refused\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("file"), content);
    }

    private Program redeem(String... more) {
        List<String> line = new ArrayList<>(List.of("redeem", "CODE-1", "--gate", "north", "--url", url));
        line.addAll(List.of(more));
        return Program.run(line.toArray(String[]::new));
    }

    @Test
    void aGateWithATokenNeedsNoPassword() throws IOException {
        Program letIn = redeem("--token-file", file(TOKEN + "\n").toString());

        assertThat(letIn.status()).as(letIn.err()).isZero();
        assertThat(calls).containsExactly("/admin/tickets/redeem Bearer " + TOKEN);
        assertThat(letIn.out() + letIn.err()).doesNotContain(TOKEN);
    }

    @Test
    void aTokenMayComeFromTheEnvironment() throws Exception {
        try (DibsProcess dibs = DibsProcess.start(
                folder, Map.of("DIBS_TOKEN", TOKEN), "redeem", "CODE-1", "--gate", "north", "--url", url)) {
            assertThat(dibs.awaitEnd()).as(dibs.err()).isZero();
            assertThat(dibs.out() + dibs.err()).doesNotContain(TOKEN);
        }
        assertThat(calls).containsExactly("/admin/tickets/redeem Bearer " + TOKEN);
    }

    @Test
    void aTokenThatIsNotTakenIsSaidAndNobodyLogsInInstead() throws IOException {
        status = 401;

        Program refused = redeem("--token-file", file(TOKEN).toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errorLines()).singleElement().asString().contains("does not take the token", "expired");
        assertThat(refused.err()).doesNotContain(TOKEN);
        assertThat(calls).singleElement().asString().startsWith("/admin/tickets/redeem");
    }

    @Test
    void whatIsNoTokenIsNotSentAndNotShown() throws IOException {
        Program refused = redeem("--token-file", file("a pass word").toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errorLines())
                .singleElement()
                .asString()
                .contains("does not hold an access token")
                .doesNotContain("pass word");
        assertThat(redeem("--token-file", file("\n").toString()).err()).contains("is empty");
        assertThat(redeem("--token-file", folder.resolve("none").toString()).err())
                .contains("token file", "cannot be read");
        assertThat(redeem("--token-file", "a", "--password-file", "b").err()).contains("exclude each other");
        assertThat(calls).isEmpty();
    }
}
