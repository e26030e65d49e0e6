package dev.dibs.api.statistics;

import dev.dibs.api.access.Principal;
import dev.dibs.api.access.Role;
import dev.dibs.api.access.Tokens;
import dev.dibs.api.operations.Problem;
import dev.dibs.ids.ActivityId;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A sale's figures over HTTP: once, or as a stream. */
final class StatsHandler {
    private final LiveViews views;
    private final LiveStreams streams;
    private final Tokens tokens;

    StatsHandler(LiveViews views, LiveStreams streams, Tokens tokens) {
        this.views = views;
        this.streams = streams;
        this.tokens = tokens;
    }

    Mono<ServerResponse> get(ServerRequest request) {
        LiveView view = view(request);
        if (view == null) {
            return Problem.noSuchActivity(request.pathVariable("id")).toResponse();
        }
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .bodyValue(view.json());
    }

    /** {@code Last-Event-ID} is not looked at: each event says everything. */
    Mono<ServerResponse> stream(ServerRequest request) {
        if (view(request) == null) {
            return Problem.noSuchActivity(request.pathVariable("id")).toResponse();
        }
        if (streams.isFull()) {
            return Problem.unavailable(
                            "too-many-streams",
                            "As many streams as this instance allows are open; GET .../stats answers without one")
                    .toResponse();
        }
        ActivityId activityId = new ActivityId(request.pathVariable("id"));
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                // nginx would else collect events until they fill a buffer.
                .header("X-Accel-Buffering", "no")
                .body(BodyInserters.fromServerSentEvents(streams.of(activityId, mayWatch(request))));
    }

    /** The token is looked at again and again: a stream must not outlive it. */
    private BooleanSupplier mayWatch(ServerRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.AUTHORIZATION, request.headers().firstHeader(HttpHeaders.AUTHORIZATION));
        return () -> {
            Principal caller = tokens.caller(headers);
            return caller != null && (caller.has(Role.ANALYST) || caller.has(Role.OPERATOR));
        };
    }

    private LiveView view(ServerRequest request) {
        try {
            return views.of(new ActivityId(request.pathVariable("id")));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
