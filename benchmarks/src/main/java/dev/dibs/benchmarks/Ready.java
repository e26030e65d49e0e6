package dev.dibs.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Single requests around the measurements: they bring the sales into shape and see that the right thing is measured. */
final class Ready {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = new JsonMapper();

    /** Sends one request per token, and fails where one is not answered with the wanted {@code ret}. */
    void each(Load load, int ret) throws IOException, InterruptedException {
        Path tokens = load.tokens().orElseThrow();
        for (String token : Files.readAllLines(tokens, StandardCharsets.US_ASCII)) {
            expect(load.uri(), token, ret);
        }
    }

    /** Sends one request with the first token, if any, and fails where the {@code ret} is not the wanted one. */
    void once(Load load, int ret) throws IOException, InterruptedException {
        String token = "";
        if (load.tokens().isPresent()) {
            try (var lines = Files.lines(load.tokens().get(), StandardCharsets.US_ASCII)) {
                token = lines.findFirst().orElseThrow();
            }
        }
        expect(load.uri(), token, ret);
    }

    private void expect(URI uri, String token, int wanted) throws IOException, InterruptedException {
        // A claim that is not confirmed within its second is answered as pending; asked again it is there.
        String body = "";
        for (int i = 0; i < 20; i++) {
            body = get(uri, token);
            int ret = json.readTree(body).path("ret").asInt(Integer.MIN_VALUE);
            if (ret == wanted) {
                return;
            }
            if (ret != 1 && ret != -3) {
                break;
            }
            Thread.sleep(250);
        }
        throw new IOException(uri + " was to answer ret " + wanted + " but answered " + body);
    }

    private String get(URI uri, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.GET().build(), BodyHandlers.ofString()).body();
    }
}
