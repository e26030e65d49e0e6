package dev.dibs.api.access;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Denies everything under {@code /admin} by default: a route that forgot its {@link RequireRole} is still closed, and
 * nobody without a role learns which routes there are.
 */
public final class AdminGuard implements WebFilter, Ordered {
    /** Filters that serve callers only stand behind it. */
    public static final int ORDER = 0;

    /** Matched as routes are: a path that is written in some other way is the same path here and there. */
    private static final PathPattern ADMIN = PathPatternParser.defaultInstance.parse("/admin/**");

    /** All that a gate may do. */
    private static final PathPattern DOOR = PathPatternParser.defaultInstance.parse("/admin/tickets/redeem");

    private static final List<String> READERS = List.of(Role.ANALYST, Role.OPERATOR);
    private static final List<String> WRITERS = List.of(Role.OPERATOR);
    private static final List<String> GATES = List.of(Role.GATE, Role.OPERATOR);

    private static final ServerResponse.Context CONTEXT = new ServerResponse.Context() {
        private final HandlerStrategies strategies = HandlerStrategies.withDefaults();

        @Override
        public List<HttpMessageWriter<?>> messageWriters() {
            return strategies.messageWriters();
        }

        @Override
        public List<ViewResolver> viewResolvers() {
            return strategies.viewResolvers();
        }
    };

    private final Tokens tokens;

    public AdminGuard(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!ADMIN.matches(exchange.getRequest().getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        // Whatever the answer is, it is meant for this caller alone.
        exchange.getResponse().getHeaders().setCacheControl("no-store");
        Principal principal = tokens.caller(exchange.getRequest().getHeaders());
        if (principal == null) {
            return Refusal.unauthenticated().flatMap(refusal -> refusal.writeTo(exchange, CONTEXT));
        }
        List<String> anyOf = whoMay(exchange.getRequest());
        if (anyOf.stream().noneMatch(principal::has)) {
            return Refusal.forbidden(anyOf).flatMap(refusal -> refusal.writeTo(exchange, CONTEXT));
        }
        return chain.filter(exchange);
    }

    private static List<String> whoMay(ServerHttpRequest request) {
        if (request.getMethod() == HttpMethod.POST
                && DOOR.matches(request.getPath().pathWithinApplication())) {
            return GATES;
        }
        return request.getMethod() == HttpMethod.GET ? READERS : WRITERS;
    }
}
