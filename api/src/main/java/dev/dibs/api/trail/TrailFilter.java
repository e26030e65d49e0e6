package dev.dibs.api.trail;

import dev.dibs.api.OccasionalWarning;
import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.trail.Trail.Call;
import dev.dibs.ids.ActivityId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Puts every call under {@code /admin} that may change something, or that reads what nobody should take away unseen,
 * into the trail, whichever route takes it: in front of all other filters, so that none can answer without it.
 */
final class TrailFilter implements WebFilter, Ordered {
    private static final Logger log = LoggerFactory.getLogger(TrailFilter.class);
    /** Matched as the guard matches it. */
    private static final PathPattern ADMIN = PathPatternParser.defaultInstance.parse("/admin/**");

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    /** Files of who has won what, codes and user ids included, and of the trail itself. */
    private static final List<PathPattern> TOLD_READS = Stream.of(
                    "/admin/activities/{id}/results.csv", "/admin/audit.csv")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    private static final String ACTIVITIES = "/admin/activities/";
    private static final String TRAIL_UNAVAILABLE = "trail-unavailable";
    private static final int UNAVAILABLE = 503;
    private static final int OK = 200;
    private static final int INTERNAL = 500;

    private final Trail trail;
    private final Tokens tokens;
    private final CallNames names;
    private final ServerResponse.Context context;
    private final OccasionalWarning unwritten = new OccasionalWarning(log);

    TrailFilter(Trail trail, Tokens tokens, CallNames names, ServerResponse.Context context) {
        this.trail = trail;
        this.tokens = tokens;
        this.names = names;
        this.context = context;
    }

    /** In front of the guard: what it refuses is told, too; behind what makes sure that an activity is known. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!isTold(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        Principal principal = tokens.caller(exchange.getRequest().getHeaders());
        boolean mayAct = principal != null
                && (principal.has(Role.OPERATOR)
                        || principal.has(isRead(exchange.getRequest()) ? Role.ANALYST : Role.GATE));
        return names.of(exchange, principal)
                .flatMap(call -> mayAct ? begun(call, exchange, chain) : told(call, false, exchange, chain));
    }

    private static boolean isTold(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        if (isRead(request)) {
            return TOLD_READS.stream().anyMatch(pattern -> pattern.matches(path));
        }
        return ADMIN.matches(path);
    }

    private static boolean isRead(ServerHttpRequest request) {
        return READING.contains(request.getMethod());
    }

    private Mono<Void> begun(Call call, ServerWebExchange exchange, WebFilterChain chain) {
        return trail.begin(call)
                .thenReturn(true)
                .onErrorResume(error -> {
                    unwritten.occurred("A call was refused because the trail cannot be written", error);
                    // That it has begun may be written yet; then this follows it.
                    trail.end(call, UNAVAILABLE, TRAIL_UNAVAILABLE);
                    return Mono.just(false);
                })
                .flatMap(written -> written ? told(call, true, exchange, chain) : refuse(exchange));
    }

    private Mono<Void> refuse(ServerWebExchange exchange) {
        return Problem.unavailable(
                        TRAIL_UNAVAILABLE,
                        "The audit trail cannot be written at the moment, and nothing is done without it; try again")
                .toResponse()
                .flatMap(response -> response.writeTo(exchange, context));
    }

    private Mono<Void> told(Call call, boolean begun, ServerWebExchange exchange, WebFilterChain chain) {
        AtomicBoolean once = new AtomicBoolean();
        return chain.filter(exchange)
                .doOnSuccess(done -> end(call, begun, exchange, status(exchange), once))
                .doOnError(error -> end(call, begun, exchange, status(error), once))
                .doOnCancel(() -> end(call, begun, exchange, 0, once));
    }

    private void end(Call call, boolean begun, ServerWebExchange exchange, int status, AtomicBoolean once) {
        if (!once.compareAndSet(false, true)) {
            return;
        }
        Map<String, Object> notes = exchange.getAttributes();
        Call ended = new Call(
                call.id(),
                call.principal(),
                call.action(),
                TrailNotes.of(notes, TrailNotes.ACTIVITY, activityId(call, exchange)),
                TrailNotes.of(notes, TrailNotes.TARGET, call.target()));
        String outcome = TrailNotes.of(notes, TrailNotes.OUTCOME, outcome(status));
        if (begun) {
            trail.end(ended, status, outcome);
        } else {
            trail.refused(ended, status, outcome);
        }
    }

    /** Which activity was created only the answer tells. */
    private static String activityId(Call call, ServerWebExchange exchange) {
        URI location = exchange.getResponse().getHeaders().getLocation();
        if (!call.activityId().isEmpty()
                || location == null
                || !location.toString().startsWith(ACTIVITIES)) {
            return call.activityId();
        }
        try {
            return new ActivityId(location.toString().substring(ACTIVITIES.length())).value();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static int status(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? OK : status.value();
    }

    private static int status(Throwable error) {
        return error instanceof ResponseStatusException known
                ? known.getStatusCode().value()
                : INTERNAL;
    }

    private static String outcome(int status) {
        if (status == 0) {
            return "abandoned";
        }
        if (status == 401) {
            return "unauthenticated";
        }
        if (status == 403) {
            return "forbidden";
        }
        if (status >= INTERNAL) {
            return "failed";
        }
        return status >= 400 ? "refused" : "done";
    }
}
