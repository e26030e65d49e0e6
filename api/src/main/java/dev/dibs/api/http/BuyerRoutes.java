package dev.dibs.api.http;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.POST;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Which handler answers which path. The first route is the one that the crowd takes. */
final class BuyerRoutes {
    private BuyerRoutes() {}

    static RouterFunction<ServerResponse> of(
            GrabHandler grabs,
            ActivityHandler activities,
            TicketHandler tickets,
            AccountHandler accounts,
            HealthHandler health) {
        RouterFunctions.Builder routes = RouterFunctions.route()
                .route(GET("/ticket/get"), grabs::grab)
                .route(POST("/ticket/get"), grabs::grab)
                .route(GET("/ticket/result"), grabs::result)
                .route(GET("/act/detail"), activities::detail)
                .route(GET("/act/list"), activities::list)
                .route(GET("/ticket/list"), tickets::list)
                .route(GET("/ticket/detail"), tickets::detail)
                .route(POST("/user/login"), accounts::login)
                .route(POST("/user/register"), accounts::register)
                .route(POST("/user/refresh"), accounts::refresh)
                .route(GET("/healthz"), health::alive)
                .route(GET("/readyz"), health::ready);
        allowed().forEach((path, methods) -> routes.route(path(path), request -> notAllowed(request, methods)));
        return routes.build();
    }

    private static Map<String, String> allowed() {
        Map<String, String> allowed = new LinkedHashMap<>();
        allowed.put("/ticket/get", "GET, POST");
        allowed.put("/user/{call:login|register|refresh}", "POST");
        allowed.put("/ticket/{call:result|list|detail}", "GET");
        allowed.put("/act/{call:detail|list}", "GET");
        allowed.put("/{call:healthz|readyz}", "GET");
        return allowed;
    }

    /** RFC 9110, section 15.5.6: a 405 must say what is allowed. */
    private static Mono<ServerResponse> notAllowed(ServerRequest request, String methods) {
        return Mono.just(
                Answer.of(Ret.BAD_PARAMETER, "method " + request.method() + " is not allowed here, only " + methods)
                        .withStatus(405)
                        .with(HttpHeaders.ALLOW, methods));
    }
}
