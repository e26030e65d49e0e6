package dev.dibs.api.http;

import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Answers whatever went wrong, Spring's own errors too: buyers get the envelope, operators get problem details. Nothing
 * of the inside gets out; it goes to the log.
 */
final class Errors implements WebExceptionHandler, Ordered {
    private static final Logger log = LoggerFactory.getLogger(Errors.class);
    private static final PathPattern ADMIN = PathPatternParser.defaultInstance.parse("/admin/**");

    private final Supplier<Routes> routes;

    /** @param routes asked when a path is not found */
    Errors(Supplier<Routes> routes) {
        this.routes = routes;
    }

    /** Before Spring Boot's own handler, which stands at -1. */
    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        Set<String> allowed = isNotFound(error)
                ? routes.get().methodsAt(exchange.getRequest().getPath().pathWithinApplication())
                : Set.of();
        return allowed.isEmpty()
                ? answer(exchange.getRequest(), exchange.getResponse(), error)
                : notAllowed(exchange, allowed);
    }

    private static boolean isNotFound(Throwable error) {
        return error instanceof ErrorResponse response
                && response.getStatusCode().value() == HttpStatus.NOT_FOUND.value();
    }

    /** RFC 9110, section 15.5.6: a 405 must say what is allowed. The dispatcher knows no difference to 404. */
    private static Mono<Void> notAllowed(ServerWebExchange exchange, Set<String> allowed) {
        exchange.getResponse().getHeaders().set(HttpHeaders.ALLOW, String.join(", ", allowed));
        return answer(
                exchange.getRequest(),
                exchange.getResponse(),
                new MethodNotAllowedException(
                        exchange.getRequest().getMethod(),
                        allowed.stream().map(HttpMethod::valueOf).toList()));
    }

    static Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response, Throwable error) {
        if (response.isCommitted() || isGone(error)) {
            return Mono.error(error);
        }
        HttpStatusCode status = status(error);
        if (status.is5xxServerError()) {
            log.error(
                    "A request failed; method={} path={} error={}",
                    request.getMethod(),
                    request.getPath().value(),
                    error.toString(),
                    error);
        }
        if (ADMIN.matches(request.getPath().pathWithinApplication())) {
            return ProblemAnswer.of(status, detail(status, error)).writeTo(response);
        }
        return envelope(status, detail(status, error)).writeOver(response);
    }

    /** The client has hung up: there is nobody to answer, and nothing wrong here. */
    private static boolean isGone(Throwable error) {
        return AbortedException.isConnectionReset(error) || error instanceof AbortedException;
    }

    private static HttpStatusCode status(Throwable error) {
        if (error instanceof BadRequestException bad) {
            return HttpStatusCode.valueOf(bad.status());
        }
        return error instanceof ErrorResponse response
                        && response.getStatusCode().is4xxClientError()
                ? response.getStatusCode()
                : HttpStatus.SERVICE_UNAVAILABLE;
    }

    static Answer envelope(HttpStatusCode status, String detail) {
        if (status.is5xxServerError()) {
            return Answer.of(Ret.UNAVAILABLE);
        }
        if (status.value() == HttpStatus.NOT_FOUND.value()) {
            return Answer.of(Ret.NOT_FOUND, "there is nothing at this path");
        }
        return Answer.of(Ret.BAD_PARAMETER, detail).withStatus(status.value());
    }

    private static String detail(HttpStatusCode status, Throwable error) {
        if (error instanceof BadRequestException) {
            return error.getMessage();
        }
        if (status.is5xxServerError()) {
            return "This could not be done now; the log of the service says why";
        }
        HttpStatus known = HttpStatus.resolve(status.value());
        return "the request cannot be taken: " + (known == null ? "status " + status.value() : known.getReasonPhrase());
    }
}
