package dev.dibs.api.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
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
    /** Only to be read. */
    static final io.netty.handler.codec.http.HttpHeaders ALWAYS = new DefaultHttpHeaders()
            .add(AsciiString.cached("x-content-type-options"), AsciiString.cached("nosniff"))
            .add(
                    HttpHeaderNames.CONTENT_SECURITY_POLICY,
                    AsciiString.cached("default-src 'none'; frame-ancestors 'none'"))
            .add(AsciiString.cached("referrer-policy"), AsciiString.cached("no-referrer"));

    /** Before whatever may answer. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        ALWAYS.forEach(header -> headers.set(header.getKey(), header.getValue()));
        headers.setCacheControl("no-store");
        return chain.filter(exchange);
    }
}
