package dev.dibs.api.http;

import static dev.dibs.api.http.HttpWorld.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.access.Role;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

class ErrorsTest {
    @AutoClose
    private final HttpWorld world = new HttpWorld();

    @Test
    void anUnknownPathIsAnsweredInTheEnvelope() {
        world.dispatchedClient()
                .get()
                .uri("/nowhere")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .json("{\"ret\":-10,\"data\":{}}");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /ticket/get, 'GET, POST'",
        "POST, /ticket/list, GET",
        "DELETE, /act/detail, GET",
        "GET, /user/login, POST",
        "POST, /healthz, GET"
    })
    void aWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
        world.client
                .method(HttpMethod.valueOf(method))
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals(HttpHeaders.ALLOW, allowed)
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-9);
    }

    @Test
    void whatFailsInsideIsNotTold() {
        world.outcome = Mono.error(new IllegalStateException("dev.dibs.Secret at redis://10.1.2.3"));

        String body = world.getAs(ALICE, "/ticket/get?actId=night")
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "1")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(body).startsWith("{\"ret\":-3,").doesNotContain("Secret", "redis");
    }

    @Test
    void operatorsGetProblemDetails() {
        WebTestClient client = world.dispatchedClient();
        String body = client.get()
                .uri("/admin/broken")
                .headers(world.as(ALICE, Role.OPERATOR))
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(body).contains("\"status\":503").doesNotContain("secret");

        client.get()
                .uri("/admin/nowhere")
                .headers(world.as(ALICE, Role.OPERATOR))
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        byte[] large = new byte[Bodies.MAX_BYTES + 1];
        Arrays.fill(large, (byte) 'a');

        post(MediaType.APPLICATION_FORM_URLENCODED, large)
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"account\":[1]}", "{\"a\":{}}", "{\"a\":1.5}", "{\"a\":\"b\"", "{} {}", "\"a\""})
    void jsonThatIsNotFlatIsRefused(String body) {
        post(MediaType.APPLICATION_JSON, body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-9);
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        post(MediaType.TEXT_PLAIN, new byte[] {'a'})
                .expectStatus()
                .isEqualTo(415)
                .expectBody()
                .jsonPath("$.ret")
                .isEqualTo(-9);
    }

    private WebTestClient.ResponseSpec post(MediaType type, byte[] body) {
        return world.client
                .post()
                .uri("/user/login")
                .contentType(type)
                .bodyValue(body)
                .exchange();
    }
}
