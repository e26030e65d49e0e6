package dev.dibs.benchmarks;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * What the machine gives at most: a bare WebFlux handler that answers the same JSON every time, with none of Dibs's
 * filters, in a process of its own. Every other figure is read as a share of this one.
 */
public final class Yardstick {
    /** The only path that is answered. */
    public static final String PATH = "/constant";

    private static final byte[] ANSWER =
            "{\"ret\":0,\"message\":\"ok\",\"data\":{\"id\":\"constant\",\"remaining\":500}}"
                    .getBytes(StandardCharsets.US_ASCII);

    private Yardstick() {}

    /** Serves on 127.0.0.1 until the process is ended; the only argument is the port. */
    public static void main(String[] args) {
        serve(Integer.parseInt(args[0])).onDispose().block();
    }

    static DisposableServer serve(int port) {
        HttpHandler handler = RouterFunctions.toHttpHandler(route(
                GET(PATH),
                request -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(ANSWER)));
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }
}
