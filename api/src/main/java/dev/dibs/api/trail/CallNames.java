package dev.dibs.api.trail;

import dev.dibs.api.access.Principal;
import dev.dibs.api.trail.Trail.Call;
import dev.dibs.ids.ActivityId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Names a call by the route that will take it. Not by its path: somebody may put a code there by mistake, and the trail
 * is kept for ever.
 */
final class CallNames {
    private static final String NO_ROUTE = "(no such route)";
    private static final String ACTIVITY_ID = "id";
    private static final String ACTIVITIES = "/admin/activities/{id}";

    /** Makes of an exchange what routes look at. */
    interface Requests {
        ServerRequest of(ServerWebExchange exchange);
    }

    private final Supplier<RouterFunction<?>> routes;
    private final Requests requests;
    private final Predicate<ActivityId> known;

    /**
     * @param routes asked for at the first call only: there is no knowing before which there are
     * @param known whether there is such an activity
     */
    CallNames(Supplier<RouterFunction<?>> routes, Requests requests, Predicate<ActivityId> known) {
        this.routes = routes;
        this.requests = requests;
        this.known = known;
    }

    Mono<Call> of(ServerWebExchange exchange, Principal principal) {
        String method = exchange.getRequest().getMethod().name();
        return routes.get()
                .route(requests.of(exchange))
                .map(route -> name(exchange, principal, method))
                // Nobody may be spared the trail for asking in a way that no route can read.
                .onErrorResume(error -> Mono.empty())
                .switchIfEmpty(Mono.fromSupplier(() -> Call.of(principal, method + " " + NO_ROUTE, "", "")));
    }

    private Call name(ServerWebExchange exchange, Principal principal, String method) {
        Object pattern = exchange.getAttribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE);
        String path = pattern instanceof PathPattern matched ? matched.getPatternString() : NO_ROUTE;
        Map<String, String> variables =
                exchange.getAttributeOrDefault(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
        // What a match leaves behind would be taken for the beginning of the next.
        exchange.getAttributes().remove(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE);
        exchange.getAttributes().remove(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Map<String, String> others = new TreeMap<>(variables);
        String activity = "";
        if (path.startsWith(ACTIVITIES)) {
            activity = activity(others.remove(ACTIVITY_ID));
        }
        return Call.of(
                principal,
                method + " " + path,
                activity,
                others.values().stream().collect(Collectors.joining(" ")));
    }

    private String activity(String id) {
        try {
            ActivityId activityId = new ActivityId(id);
            return known.test(activityId) ? activityId.value() : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
