package dev.dibs.api.operations;

import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.control.ReadFirst;
import dev.dibs.ids.ActivityId;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Before a call of an operator or analyst about an activity that this instance does not know goes on, it reads what the
 * other instances have written by now: who has just created an activity is not told by another instance that there is none.
 * In front of all who look at the call, also of those who only note what it is about.
 */
public final class ReadBeforeUnknown implements WebFilter, Ordered {
    private static final PathPattern ACTIVITY =
            PathPatternParser.defaultInstance.parse("/admin/activities/{id}/{*more}");
    private static final String ID = "id";

    private final Catalogue catalogue;
    private final Tokens tokens;
    private final ReadFirst readFirst;

    /** @param readFirst what the other instances have written into the catalogue */
    public ReadBeforeUnknown(Catalogue catalogue, Tokens tokens, ReadFirst readFirst) {
        this.catalogue = catalogue;
        this.tokens = tokens;
        this.readFirst = readFirst;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        PathPattern.PathMatchInfo match = ACTIVITY.matchAndExtract(path);
        if (match == null || !isUnknown(match.getUriVariables().get(ID)) || !mayAsk(exchange)) {
            return chain.filter(exchange);
        }
        return readFirst.then(isRead -> chain.filter(exchange));
    }

    private boolean isUnknown(String id) {
        try {
            return catalogue.find(new ActivityId(id)) == null;
        } catch (IllegalArgumentException e) {
            // No activity has such an id, whatever is read.
            return false;
        }
    }

    /** It costs those who may not ask nothing, and they cost nothing. */
    private boolean mayAsk(ServerWebExchange exchange) {
        Principal caller = tokens.caller(exchange.getRequest().getHeaders());
        return caller != null && (caller.has(Role.OPERATOR) || caller.has(Role.ANALYST));
    }
}
