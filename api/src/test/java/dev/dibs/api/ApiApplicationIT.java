package dev.dibs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.dibs.documents.Documents;
import dev.dibs.testkit.TestServers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@ExtendWith(OutputCaptureExtension.class)
class ApiApplicationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "--dibs.jwt.secret=a secret of more than thirty-two bytes";

    @Test
    void buyersRegisterAndOperatorsLogInOverHttp() {
        try (ConfigurableApplicationContext api = start("--dibs.port=0", "--dibs.admin.password=operators only")) {
            WebTestClient client = client(api);
            client.get().uri("/readyz").exchange().expectStatus().isOk();
            client.get()
                    .uri("/nowhere")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .json("{\"ret\":-10}");
            // A busy machine may answer -3, which means: try again.
            await().atMost(PATIENCE).until(() -> register(client, "alice", "correct horse") != 503);
            String buyer = login(client, "alice", "correct horse");
            String operator = login(client, "admin", "operators only");

            client.get()
                    .uri("/ticket/get?actId=nothing")
                    .header(HttpHeaders.AUTHORIZATION, "Bearer " + buyer)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .json("{\"ret\":-10}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> client.get()
                            .uri("/ticket/list")
                            .header(HttpHeaders.AUTHORIZATION, "Bearer " + buyer)
                            .exchange()
                            .expectBody()
                            .json("{\"ret\":0,\"data\":{\"list\":[]}}"));
            client.get().uri("/admin/activities").exchange().expectStatus().isUnauthorized();
            client.get()
                    .uri("/admin/activities")
                    .header(HttpHeaders.AUTHORIZATION, "Bearer " + buyer)
                    .exchange()
                    .expectStatus()
                    .isForbidden();
            client.get()
                    .uri("/admin/activities")
                    .header(HttpHeaders.AUTHORIZATION, "Bearer " + operator)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
    }

    private static int register(WebTestClient client, String account, String password) {
        return client.post()
                .uri("/user/register")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"account\":\"" + account + "\",\"password\":\"" + password + "\"}")
                .exchange()
                .returnResult(Void.class)
                .getStatus()
                .value();
    }

    private static String login(WebTestClient client, String account, String password) {
        byte[] body = await().atMost(PATIENCE)
                .until(
                        () -> client.post()
                                .uri("/user/login")
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .bodyValue("account=" + account + "&password=" + password.replace(' ', '+'))
                                .exchange()
                                .expectBody()
                                .returnResult(),
                        answer -> answer.getStatus().value() == 200)
                .getResponseBody();
        return JsonPath.read(new String(body, StandardCharsets.UTF_8), "$.data.token");
    }

    @Test
    void aMisspeltSettingIsRefusedInOneLineBeforeAnyServerIsAsked(CapturedOutput output) {
        assertThatThrownBy(() -> run("--dibs.kakfa=127.0.0.1:1", SECRET)).isInstanceOf(RuntimeException.class);

        assertThat(complaints(output))
                .singleElement()
                .asString()
                .endsWith("The API cannot start: dibs.kakfa is not a setting; did you mean dibs.kafka?");
    }

    @Test
    void aMissingSecretIsRefusedInOneLineBeforeAnyServerIsAsked(CapturedOutput output) {
        assertThatThrownBy(() -> run("--dibs.kafka=127.0.0.1:1")).isInstanceOf(RuntimeException.class);

        assertThat(complaints(output)).singleElement().asString().contains("set DIBS_JWT_SECRET");
    }

    @Test
    void aValueThatCannotBeIsRefusedInOneLine(CapturedOutput output) {
        assertThatThrownBy(() -> run("--dibs.port=many", SECRET)).isInstanceOf(RuntimeException.class);

        assertThat(complaints(output)).singleElement().asString().contains("dibs.port cannot be 'many'");
    }

    @Test
    void aPortInUseIsSaidInOneLine(CapturedOutput output) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start("--dibs.port=" + taken.getLocalPort()))
                    .isInstanceOf(RuntimeException.class);

            assertThat(complaints(output))
                    .singleElement()
                    .asString()
                    .contains("port " + taken.getLocalPort() + " is in use; set DIBS_PORT");
        }
    }

    /** Everything above information, which must be one line that a person can do something about. */
    private static List<String> complaints(CapturedOutput output) {
        return output.getOut()
                .lines()
                .filter(line -> line.contains("ERROR") || line.startsWith("\tat ") || line.contains("Exception"))
                .toList();
    }

    private static ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                SECRET,
                "--server.address=127.0.0.1",
                "--dibs.kafka=" + TestServers.kafka(),
                "--dibs.redis=" + TestServers.redis(),
                "--dibs.mongodb=" + TestServers.mongodb(),
                "--dibs.database=" + Documents.DATABASE));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return ApiApplication.builder().run(arguments);
    }

    private static WebTestClient client(ConfigurableApplicationContext api) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + api.getEnvironment().getProperty("local.server.port"))
                .responseTimeout(PATIENCE)
                .build();
    }
}
