package dev.dibs.api.http;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What every answer tells a browser: take it for what it says it is, show it in no frame, load nothing for it, tell
 * nobody where it came from, keep no copy. Routes may say otherwise for themselves; buyers' answers carry it already.
 */
final class SecurityHeaders implements WebFilter, Ordered {
    /** Names and values in turn. */
    static final List<String> ALWAYS = List.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    /** Before whatever may answer. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        for (int i = 0; i < ALWAYS.size(); i += 2) {
            headers.set(ALWAYS.get(i), ALWAYS.get(i + 1));
        }
        headers.setCacheControl("no-store");
        return chain.filter(exchange);
    }
}
