package dev.dibs.standalone.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dibs.standalone.console.Console;
import dev.dibs.standalone.console.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window counted from now is another one each time; a server that holds the first stands in for the real one. */
class RepeatedImportTest {
    private static final Optional<Instant> NOW = Optional.of(Instant.now().plusSeconds(10));
    private static final Optional<Duration> AN_HOUR = Optional.of(Duration.ofHours(1));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private HttpServer server;
    private Path file;
    private String state = "DRAFT";
    private long start = Instant.now().getEpochSecond() + 600;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/admin/activities", this::answer);
        server.start();
        file = Files.writeString(
                folder.resolve("activity.yaml"), "id: night\nname: Night\nstart_time: 1000\nend_time: 2000\n");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void goesOnWithTheDraftThatTheFirstCommandHasLeft() {
        importing().activity(ActivityFile.read(file), file, NOW, AN_HOUR);

        assertThat(out.toString())
                .contains(
                        "its draft is there already and keeps its window",
                        Instant.ofEpochSecond(start).toString());
    }

    @Test
    void withoutLookingForADraftItIsAnotherActivity() {
        ActivityFile counted = ActivityFile.read(file, NOW, AN_HOUR);

        assertThatThrownBy(() -> importing().activity(counted, file)).hasMessageContaining("another activity");
    }

    @Test
    void refusesADraftThatDiffersInMoreThanItsWindow() throws IOException {
        Files.writeString(file, Files.readString(file).replace("Night", "Day"));

        assertRefused(NOW, AN_HOUR);
    }

    @Test
    void refusesWhatIsNoDraftAnyMore() {
        state = "PUBLISHED";

        assertRefused(NOW, AN_HOUR);
    }

    @Test
    void refusesADraftWhoseSaleHasBegunAndNamesItsWindow() {
        start = Instant.now().getEpochSecond() - 60;

        assertRefused(NOW, AN_HOUR)
                .hasMessageContainingAll(
                        Instant.ofEpochSecond(start).toString(),
                        Instant.ofEpochSecond(start + 3_600).toString());
    }

    @Test
    void refusesADraftThatIsNotAsLongAsAskedAndNamesItsWindow() {
        assertRefused(NOW, Optional.of(Duration.ofHours(2)))
                .hasMessageContaining(Instant.ofEpochSecond(start + 3_600).toString());
    }

    @Test
    void refusesAnotherWindowThatStandsInTheFile() {
        assertRefused(Optional.empty(), Optional.empty());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            Optional<Instant> from, Optional<Duration> lasts) {
        var refusal = assertThatThrownBy(() -> importing().activity(ActivityFile.read(file), file, from, lasts))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("another activity");
        assertThat(out.toString()).isEmpty();
        return refusal;
    }

    private Importing importing() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Importing(OperatorClient.withToken(address, "token"), new Console(new PrintWriter(out, true)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        long end = start + AN_HOUR.orElseThrow().toSeconds();
        boolean alike = body.contains("name: Night\n")
                && body.contains("start_time: " + start + "\n")
                && body.contains("end_time: " + end + "\n");
        boolean found = exchange.getRequestMethod().equals("GET") || alike;
        String answer = found
                ? "{\"id\":\"night\",\"name\":\"Night\",\"state\":\"%s\",\"start_time\":%d,\"end_time\":%d}"
                        .formatted(state, start, end)
                : "{\"detail\":\"There is another activity 'night' already\"}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(found ? 200 : 409, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
