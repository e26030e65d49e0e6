package dev.dibs.api.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Lets pages of some origins read the answers (the Fetch standard, section 3.2). Without any, which is the default, no
 * page of another origin can, and nothing stands in a request's way. Credentials are not allowed: tokens travel in a
 * header that a page must set itself, so there is nothing that a browser would send along by itself.
 */
final class CrossOrigin implements HttpHandlerDecoratorFactory, Ordered {
    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final List<String> REQUEST_HEADERS = List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_MATCH,
            "Idempotency-Key",
            "Last-Event-ID");
    private static final List<String> ANSWER_HEADERS =
            List.of(HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, "Dibs-Log-Position");
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Set<String> origins;

    CrossOrigin(List<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Around the buyers' calls, too. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public HttpHandler apply(HttpHandler next) {
        return origins.isEmpty() ? next : (request, response) -> handle(request, response, next);
    }

    private Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response, HttpHandler next) {
        HttpHeaders asked = request.getHeaders();
        String origin = asked.getFirst(HttpHeaders.ORIGIN);
        boolean allowed = origin != null && origins.contains(origin);
        boolean preflight = allowed
                && request.getMethod() == HttpMethod.OPTIONS
                && asked.containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        response.beforeCommit(() -> {
            // Also where it is refused: a cache must not keep the one for the other.
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            if (allowed) {
                response.getHeaders().setAccessControlAllowOrigin(origin);
                response.getHeaders().setAccessControlExposeHeaders(ANSWER_HEADERS);
            }
            return Mono.empty();
        });
        return preflight ? allow(response) : next.handle(request, response);
    }

    private static Mono<Void> allow(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.NO_CONTENT);
        HttpHeaders headers = response.getHeaders();
        headers.setAccessControlAllowMethods(METHODS);
        headers.setAccessControlAllowHeaders(REQUEST_HEADERS);
        headers.setAccessControlMaxAge(REMEMBERED);
        return response.setComplete();
    }
}
