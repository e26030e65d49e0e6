package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.verdict.LedgerView;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes uploads of codes. */
final class ImportHandler {
    private static final MediaType CSV = new MediaType("text", "csv");
    /** Each import keeps up to 40 MB while it runs. */
    private static final int MAX_AT_ONCE = 4;

    /** RFC 7240: whoever sends it is answered as soon as the file is here. */
    private static final String PREFER = "Prefer";

    private static final String RESPOND_ASYNC = "respond-async";

    private final CodeImports imports;
    private final ImportRecorder recorder;
    private final Background background;
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final ImportLimits limits;
    private final Path folder;
    private final Clock clock;
    private final Semaphore slots = new Semaphore(MAX_AT_ONCE);

    /** @param folder where uploads lie while they are imported */
    ImportHandler(
            CodeImports imports,
            ImportRecorder recorder,
            Background background,
            Catalogue catalogue,
            LedgerView ledger,
            ImportLimits limits,
            Path folder,
            Clock clock) {
        this.imports = imports;
        this.recorder = recorder;
        this.background = background;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.limits = limits;
        this.folder = folder;
        this.clock = clock;
    }

    Mono<ServerResponse> add(ServerRequest request) {
        return ActivityHandler.withActivity(catalogue, request, activity -> {
            Problem refusal = refusal(request, activity);
            if (refusal != null) {
                return refusal.toResponse();
            }
            if (!slots.tryAcquire()) {
                return Problem.unavailable("busy", "%d imports are under way; try again later".formatted(MAX_AT_ONCE))
                        .toResponse();
            }
            // Whoever is last releases file and slot: this request, or what goes on behind it.
            AtomicBoolean goesOn = new AtomicBoolean();
            ImportProgress progress = new ImportProgress(
                    UUID.randomUUID().toString(),
                    activity.activityId(),
                    request.headers().contentLength().orElse(ImportJob.UNKNOWN),
                    clock);
            return recorder.begin(progress)
                    .then(Mono.defer(() -> spoolAndAdd(request, activity, progress, goesOn)))
                    .doFinally(end -> {
                        if (!goesOn.get()) {
                            slots.release();
                        }
                    });
        });
    }

    private Problem refusal(ServerRequest request, Activity activity) {
        MediaType type = request.headers().contentType().orElse(null);
        if (type == null
                || !CSV.equalsTypeAndSubtype(type)
                || type.getCharset() != null && !type.getCharset().equals(StandardCharsets.UTF_8)) {
            return Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unknown-format",
                    "Send the file with Content-Type: text/csv, in UTF-8");
        }
        if (request.headers().contentLength().orElse(0) > limits.maxBytes()) {
            return Problem.tooLarge("A file of codes", limits.maxBytes(), "bytes");
        }
        if (!Change.ADD_CODES.isAllowedIn(activity.state())) {
            return Lifecycle.notInThisState(activity, Change.ADD_CODES);
        }
        if (!IfMatch.of(request).holds(activity)) {
            return IfMatch.failed(activity);
        }
        if (Lifespan.isOver(activity, clock.millis())) {
            return Lifecycle.over(activity);
        }
        return ledger.isCaughtUp() ? null : ActivityOperations.stillReading();
    }

    private Mono<ServerResponse> spoolAndAdd(
            ServerRequest request, Activity activity, ImportProgress progress, AtomicBoolean goesOn) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> SpooledFile.create(folder, limits.maxBytes()))
                        .subscribeOn(Schedulers.boundedElastic()),
                file -> recorder.during(progress, file.receive(request.body(BodyExtractors.toDataBuffers()), progress))
                        .flatMap(received -> {
                            Mono<Outcome<ImportReport>> work = work(activity, received, progress);
                            if (!prefersAsync(request)) {
                                return work.flatMap(ImportHandler::answer);
                            }
                            goesOn.set(true);
                            background.launch(
                                    work.onErrorComplete().then(delete(file)).doFinally(end -> slots.release()));
                            return accepted(progress);
                        }),
                file -> goesOn.get() ? Mono.empty() : delete(file));
    }

    /** Its failures are noted with the job, and told to whoever still waits. */
    private Mono<Outcome<ImportReport>> work(Activity activity, SpooledFile file, ImportProgress progress) {
        return Mono.defer(() -> {
                    progress.isImport(file.importId());
                    return recorder.during(
                            progress, imports.add(activity, progress.now().importId(), file.path(), progress));
                })
                .flatMap(outcome -> recorder.end(progress, outcome).thenReturn(outcome));
    }

    private static boolean prefersAsync(ServerRequest request) {
        return request.headers().header(PREFER).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(preference -> preference.split(";", 2)[0].strip().equalsIgnoreCase(RESPOND_ASYNC));
    }

    private static Mono<ServerResponse> answer(Outcome<ImportReport> outcome) {
        return outcome instanceof Outcome.Done<ImportReport> done
                ? ActivityHandler.ok(done.value().render())
                : ((Outcome.Refused<ImportReport>) outcome).problem().toResponse();
    }

    private Mono<ServerResponse> accepted(ImportProgress progress) {
        ImportJob job = progress.now();
        return ServerResponse.accepted()
                .location(URI.create("/admin/activities/" + job.activityId() + "/imports/" + job.job()))
                .header("Preference-Applied", RESPOND_ASYNC)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(job.render(clock.millis()));
    }

    private static Mono<Void> delete(SpooledFile file) {
        return Mono.fromCallable(() -> {
                    try {
                        file.delete();
                        return file;
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic())
                .then();
    }
}
