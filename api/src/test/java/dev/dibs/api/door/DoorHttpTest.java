package dev.dibs.api.door;

import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.ids.UserId;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The gates' call over HTTP, without a server behind it. */
class DoorHttpTest {
    private final DoorWorld world = new DoorWorld();
    private final Tokens tokens = new Tokens("a-secret-for-tests-of-32-bytes-or-more", Clock.systemUTC());
    private final WebTestClient client = WebTestClient.bindToRouterFunction(
                    DoorConfiguration.routes(tokens, new DoorHandler(world.door(), world.revocations())))
            .build();

    private WebTestClient.ResponseSpec press(String keeper) {
        return client.post()
                .uri("/admin/tickets/redeem")
                .headers(headers -> headers.setBearerAuth(tokens.issue(new UserId(keeper), Set.of(Role.GATE))))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"code\":\"CODE-0\",\"gate\":\"north\",\"requestId\":\"press-1\"}")
                .exchange();
    }

    private static void letIn(WebTestClient.ResponseSpec response, boolean repeated) {
        response.expectStatus().isOk().expectBody().jsonPath("$.repeated").isEqualTo(repeated);
    }

    @Test
    void whosePressItIsIsSaidByTheTokenAndNotByTheGatesName() {
        letIn(press("keeper"), false);

        press("another-keeper")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:dibs:problem:already-redeemed");
        letIn(press("keeper"), true);
    }
}
