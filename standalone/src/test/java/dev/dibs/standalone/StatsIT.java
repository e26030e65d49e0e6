package dev.dibs.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A sale is watched from the command line while it goes on. */
class StatsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void aSaleIsFollowedUntilItIsOver() throws Exception {
        Path data = folder.resolve("data");
        try (DibsProcess up = DibsProcess.start(folder, "up", "--data", data.toString(), "--port", "0")
                .awaitUp()) {
            // Given
            URI url = URI.create(up.told("Dibs is up:"));
            MovieNight.putOnSale(data);
            Program unknown = Program.run("stats", "--data", data.toString(), "--activity", "no-such");
            assertThat(unknown.status()).isEqualTo(1);
            assertThat(unknown.errorLines()).singleElement().asString().contains("no-such");

            try (DibsProcess follow = DibsProcess.start(
                    folder, "stats", "--data", data.toString(), "--activity", "movie-night", "--follow")) {
                await().atMost(PATIENCE).until(() -> follow.out().contains("on-sale: 0 of 500 granted"));

                // When
                String buyer = login(url, "/user/register", "ada-lovelace", "Analytical-Engine-1843");
                await().atMost(PATIENCE)
                        .until(() -> send(url.resolve("/ticket/get?actId=movie-night&requestId=r1"), buyer, null)
                                        .path("ret")
                                        .asInt(-99)
                                == 0);
                await().atMost(PATIENCE).until(() -> follow.out().contains("on-sale: 1 of 500 granted"));
                await().atMost(PATIENCE).until(() -> stats(data).contains("0 of 1 overtaken"));
                String operator = login(url, "/user/login", "admin", up.told("password"));
                send(url.resolve("/admin/activities/movie-night/end"), operator, "");

                // Then
                assertThat(follow.awaitEnd()).as(follow.err()).isZero();
                assertThat(follow.out().lines())
                        .allMatch(line -> line.contains(" movie-night "))
                        .last()
                        .asString()
                        .contains("movie-night over: 1 of 500 granted");
                assertThat(follow.out())
                        .as("no page's control characters in a pipe")
                        .doesNotContain("\u001b");
            }
            assertThat(stats(data)).contains("movie-night  over", "stock     500, granted 1, remaining 499");
            up.signal();
            up.awaitEnd();
        }
    }

    private static String stats(Path data) {
        Program stats = Program.run("stats", "--data", data.toString(), "--activity", "movie-night");
        assertThat(stats.status()).as(stats.err()).isZero();
        return stats.out();
    }

    private String login(URI url, String path, String account, String password) {
        String body = json.writeValueAsString(java.util.Map.of("account", account, "password", password));
        return await().atMost(PATIENCE)
                .until(
                        () -> send(url.resolve(path), null, body),
                        answer -> answer.path("ret").asInt(-99) == 0)
                .path("data")
                .path("token")
                .asString();
    }

    private JsonNode send(URI uri, String token, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.POST(BodyPublishers.ofString(body));
        }
        return json.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
    }
}
