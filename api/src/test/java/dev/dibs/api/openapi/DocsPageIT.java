package dev.dibs.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.openapi.OpenApiWorld.Request;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page that shows the description. */
@Timeout(180)
class DocsPageIT {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final Pattern SCRIPT_WITHIN = Pattern.compile("<script(?![^>]*\\bsrc=)|\\bon\\w+=|javascript:");

    @Test
    void thePageShowsTheDescriptionAndTakesNothingFromElsewhere() {
        try (OpenApiWorld world = new OpenApiWorld()) {
            Answer page = get(world, "/docs");
            List<String> references = REFERENCE
                    .matcher(page.text())
                    .results()
                    .map(reference -> reference.group(1))
                    .filter(reference -> !reference.startsWith("data:"))
                    .toList();

            assertThat(page.mediaType()).isEqualTo("text/html");
            assertThat(page.text()).doesNotContainPattern(SCRIPT_WITHIN).doesNotContain("http:", "https:");
            assertThat(page.headers().get("content-security-policy"))
                    .contains(
                            "default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'");
            assertThat(references)
                    .containsExactlyInAnyOrder("/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/start.js")
                    .allSatisfy(reference ->
                            assertThat(get(world, reference).status()).isEqualTo(200));
            assertThat(get(world, "/docs/start.js").text())
                    .contains("url: '/openapi.json'")
                    .doesNotContain("http:", "https:");
        }
    }

    @Test
    void whoHasAPartAlreadyIsToldSo() {
        try (OpenApiWorld world = new OpenApiWorld()) {
            Answer first = get(world, "/openapi.json");
            Request again = new Request(
                    "GET",
                    "/openapi.json",
                    java.util.Map.of("If-None-Match", first.headers().get("etag")),
                    new byte[0]);

            assertThat(world.send(again).status()).isEqualTo(304);
            assertThat(world.send(again).body()).isEmpty();
        }
    }

    private static Answer get(OpenApiWorld world, String path) {
        return world.send(Request.of("GET", path, null, null, ""));
    }
}
