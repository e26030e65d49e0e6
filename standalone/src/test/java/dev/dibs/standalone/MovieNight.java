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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example's activity on a server that runs, and a few buyers who have won a ticket each. */
final class MovieNight {
    static final int WINNERS = 6;

    private static final Path EXAMPLE = Path.of("..", "examples", "movie-night");

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final URI url;
    private final Path data;

    private MovieNight(URI url, Path data) {
        this.url = url;
        this.data = data;
    }

    /**
     * Answers one of the codes that were won.
     *
     * @param data folder of the server
     */
    static String sell(URI url, Path data) throws Exception {
        return new MovieNight(url, data).sell();
    }

    /** @param data folder of the server */
    static void putOnSale(Path data) {
        Program imported = Program.run(
                "import",
                "--data",
                data.toString(),
                "--activity",
                EXAMPLE.resolve("activity.yaml").toString(),
                "--codes",
                EXAMPLE.resolve("codes.csv").toString(),
                "--publish",
                "--starts-in",
                "0s",
                "--lasts",
                "30m");
        assertThat(imported.status()).as(imported.err()).isZero();
    }

    private String sell() throws Exception {
        putOnSale(data);
        String code = "";
        for (int i = 0; i < WINNERS; i++) {
            String account = "{\"account\":\"winner-%d\",\"password\":\"Analytical-Engine-1843\"}".formatted(i);
            String token =
                    answered(post("/user/register", account)).path("token").asString();
            String requestId = "r" + i;
            code = answered(get("/ticket/get?actId=movie-night&requestId=" + requestId, token))
                    .path("code")
                    .asString();
        }
        return code;
    }

    private interface Call {
        JsonNode send() throws Exception;
    }

    /** A freshly published sale may ask for a moment's patience. */
    private static JsonNode answered(Call call) {
        return await().atMost(Duration.ofSeconds(60))
                // No faster than a user may call.
                .pollInterval(Duration.ofMillis(500))
                .pollDelay(Duration.ZERO)
                .until(call::send, answer -> answer.path("ret").asInt(Integer.MIN_VALUE) == 0)
                .path("data");
    }

    private Call get(String path, String token) {
        return sending(HttpRequest.newBuilder(url.resolve(path)).header("Authorization", "Bearer " + token));
    }

    private Call post(String path, String body) {
        return sending(HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private Call sending(HttpRequest.Builder request) {
        return () -> json.readTree(
                http.send(request.build(), BodyHandlers.ofString()).body());
    }
}
