package dev.dibs.api.operations;

import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.ids.ActivityId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Before a call about an activity that this instance does not know goes on, it reads what the other instances have written
 * by now: who has just created an activity is not told by another instance that there is none. Goes behind the check of
 * the caller's role, so that it costs nothing to those who may not ask.
 */
public final class ReadBeforeUnknown implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private final Catalogue catalogue;
    private final Supplier<CompletableFuture<Void>> readThrough;
    private final Duration atMost;

    /**
     * @param readThrough completes once the catalogue has all that had been written when it was asked for
     * @param atMost after which the caller is told that it is not known
     */
    public ReadBeforeUnknown(Catalogue catalogue, Supplier<CompletableFuture<Void>> readThrough, Duration atMost) {
        this.catalogue = catalogue;
        this.readThrough = readThrough;
        this.atMost = atMost;
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        String id = request.pathVariables().get("id");
        if (id == null || isKnownOrNone(id)) {
            return next.handle(request);
        }
        return Mono.fromFuture(readThrough)
                .timeout(atMost)
                .onErrorMap(TimeoutException.class, late -> new ProblemException(unknown(id)))
                .then(Mono.defer(() -> next.handle(request)));
    }

    private boolean isKnownOrNone(String id) {
        try {
            return catalogue.find(new ActivityId(id)) != null;
        } catch (IllegalArgumentException e) {
            // No activity has such an id, whatever is read.
            return true;
        }
    }

    private static Problem unknown(String id) {
        return Problem.unavailable(
                "activity-not-known-yet",
                "This instance does not know the activity '" + id
                        + "', and cannot find out now whether another one does; try again in a moment");
    }
}
