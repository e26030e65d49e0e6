package dev.dibs.api.operations;

import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.ids.ActivityId;
import java.time.Clock;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows how far uploads of codes are. */
final class ImportJobHandler {
    private static final String LATEST = "latest";

    private final ImportJobs jobs;
    private final Catalogue catalogue;
    private final Clock clock;

    ImportJobHandler(ImportJobs jobs, Catalogue catalogue, Clock clock) {
        this.jobs = jobs;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** The latest first. */
    Mono<ServerResponse> list(ServerRequest request) {
        return ActivityHandler.withActivity(
                catalogue,
                request,
                activity -> jobs.of(activity.activityId())
                        .map(list -> Map.<String, Object>of(
                                "list",
                                list.stream()
                                        .map(job -> job.render(clock.millis()))
                                        .toList()))
                        .flatMap(ActivityHandler::ok));
    }

    Mono<ServerResponse> get(ServerRequest request) {
        String name = request.pathVariable("import");
        return ActivityHandler.withActivity(
                catalogue,
                request,
                activity -> find(activity.activityId(), name)
                        .flatMap(job -> ActivityHandler.ok(job.render(clock.millis())))
                        .switchIfEmpty(Mono.defer(() -> Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "no-such-import",
                                        "There is no import '%s' into '%s'".formatted(name, activity.activityId()))
                                .toResponse())));
    }

    private Mono<ImportJob> find(ActivityId activityId, String name) {
        return name.equals(LATEST)
                ? jobs.of(activityId).flatMapIterable(list -> list).next()
                : jobs.find(activityId, name);
    }
}
