package dev.dibs.api.access;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lets only callers with one of some roles through to a route, and tells the route who they are. */
public final class RequireRole implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private static final String PRINCIPAL = RequireRole.class.getName() + ".principal";

    private final Tokens tokens;
    private final Set<String> anyOf;

    private RequireRole(Tokens tokens, Set<String> anyOf) {
        this.tokens = tokens;
        this.anyOf = anyOf;
    }

    public static RequireRole of(Tokens tokens, String... anyOf) {
        if (anyOf.length == 0) {
            throw new IllegalArgumentException("a route must name the roles that may use it");
        }
        return new RequireRole(tokens, new TreeSet<>(Set.of(anyOf)));
    }

    /** The caller of a route behind this filter. */
    public static Principal principal(ServerRequest request) {
        return (Principal) request.attribute(PRINCIPAL)
                .orElseThrow(() -> new IllegalStateException("the route is not behind RequireRole"));
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        Principal principal = tokens.caller(request.headers().asHttpHeaders());
        if (principal == null) {
            return Refusal.unauthenticated();
        }
        if (anyOf.stream().noneMatch(principal::has)) {
            return Refusal.forbidden(anyOf);
        }
        request.attributes().put(PRINCIPAL, principal);
        return next.handle(request);
    }
}
