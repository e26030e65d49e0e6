package dev.dibs.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dibs.api.TestClock;
import dev.dibs.ids.UserId;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

class AdminGuardTest {
    private final Tokens tokens = new Tokens("a secret of more than thirty-two bytes", new TestClock());

    /** With one route that has its own filter, and one that forgot it. */
    private final RouterFunction<ServerResponse> routes = RouterFunctions.route()
            .GET("/open", request -> ServerResponse.ok().bodyValue("open"))
            .GET("/admin/forgotten", request -> ServerResponse.ok().bodyValue("inside"))
            .POST("/admin/forgotten", request -> ServerResponse.ok().bodyValue("inside"))
            .POST("/admin/tickets/redeem", request -> ServerResponse.ok().bodyValue("let in"))
            .add(RouterFunctions.route()
                    .GET(
                            "/admin/gates",
                            request -> ServerResponse.ok()
                                    .bodyValue(RequireRole.principal(request)
                                            .userId()
                                            .value()))
                    .build()
                    .filter(RequireRole.of(tokens, Role.OPERATOR)))
            .build();

    private final WebTestClient client = WebTestClient.bindToRouterFunction(routes)
            .handlerStrategies(HandlerStrategies.builder()
                    .webFilter(new AdminGuard(tokens))
                    .build())
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"/admin/forgotten", "/admin", "/admin/", "/admin;x=1/forgotten", "/%61dmin/forgotten"})
    void nobodyGetsUnderAdminWithoutAToken(String path) {
        client.get()
                .uri(URI.create(path))
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueMatches(HttpHeaders.WWW_AUTHENTICATE, "Bearer.*")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(401);
    }

    @Test
    void aBuyerIsForbiddenEvenWhereARouteForgotItsFilter() {
        ask(HttpMethod.GET, "/admin/forgotten")
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("This needs the role analyst or operator");
    }

    @Test
    void anAnalystMayReadAndNotWrite() {
        ask(HttpMethod.GET, "/admin/forgotten", Role.ANALYST).expectStatus().isOk();
        ask(HttpMethod.POST, "/admin/forgotten", Role.ANALYST).expectStatus().isForbidden();
        ask(HttpMethod.POST, "/admin/forgotten", Role.OPERATOR).expectStatus().isOk();
    }

    @Test
    void aGateMayDoNothingButRedeem() {
        ask(HttpMethod.POST, "/admin/tickets/redeem", Role.GATE).expectStatus().isOk();
        ask(HttpMethod.POST, "/admin/tickets/redeem", Role.OPERATOR)
                .expectStatus()
                .isOk();
        ask(HttpMethod.POST, "/admin/tickets/redeem", Role.ANALYST)
                .expectStatus()
                .isForbidden();
        for (String path : List.of("/admin/forgotten", "/admin/tickets/some/revoke", "/admin/tickets/redeem/more")) {
            ask(HttpMethod.POST, path, Role.GATE).expectStatus().isForbidden();
            ask(HttpMethod.GET, path, Role.GATE).expectStatus().isForbidden();
        }
        ask(HttpMethod.GET, "/admin/tickets/redeem", Role.GATE).expectStatus().isForbidden();
    }

    @Test
    void aRouteMayAskForMoreThanTheGuardDoes() {
        ask(HttpMethod.GET, "/admin/gates", Role.ANALYST).expectStatus().isForbidden();
        String caller = ask(HttpMethod.GET, "/admin/gates", Role.OPERATOR)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(caller).isEqualTo("someone");
    }

    @Test
    void whatIsNotUnderAdminIsLeftAlone() {
        client.get().uri("/open").exchange().expectStatus().isOk();
        client.get().uri("/administration").exchange().expectStatus().isNotFound();
    }

    private WebTestClient.ResponseSpec ask(HttpMethod method, String path, String... roles) {
        String token = tokens.issue(new UserId("someone"), Set.of(roles));
        return client.method(method)
                .uri(path)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                .exchange();
    }
}
