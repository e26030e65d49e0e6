package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.Lifespan;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.verdict.LedgerView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
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

    private final CodeImports imports;
    private final Catalogue catalogue;
    private final LedgerView ledger;
    private final ImportLimits limits;
    private final Path folder;
    private final Semaphore slots = new Semaphore(MAX_AT_ONCE);

    /** @param folder where uploads lie while they are imported */
    ImportHandler(CodeImports imports, Catalogue catalogue, LedgerView ledger, ImportLimits limits, Path folder) {
        this.imports = imports;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.limits = limits;
        this.folder = folder;
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
            return spoolAndAdd(request, activity).doFinally(end -> slots.release());
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
        if (Lifespan.isOver(activity, System.currentTimeMillis())) {
            return Lifecycle.over(activity);
        }
        return ledger.isCaughtUp() ? null : ActivityOperations.stillReading();
    }

    private Mono<ServerResponse> spoolAndAdd(ServerRequest request, Activity activity) {
        return Mono.usingWhen(
                        Mono.fromCallable(() -> SpooledFile.create(folder, limits.maxBytes()))
                                .subscribeOn(Schedulers.boundedElastic()),
                        file -> file.receive(request.body(BodyExtractors.toDataBuffers()))
                                .flatMap(received -> imports.add(activity, received.importId(), received.path())),
                        file -> Mono.fromCallable(() -> delete(file)).subscribeOn(Schedulers.boundedElastic()))
                .flatMap(outcome -> outcome instanceof Outcome.Done<ImportReport> done
                        ? ActivityHandler.ok(done.value().render())
                        : ((Outcome.Refused<ImportReport>) outcome).problem().toResponse());
    }

    private static SpooledFile delete(SpooledFile file) throws IOException {
        file.delete();
        return file;
    }
}
