package dev.dibs.api.export;

import dev.dibs.api.access.RequireRole;
import dev.dibs.api.access.Role;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.export.ResultsExport.Ready;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.operations.ProblemException;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.ids.ActivityId;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Exports over HTTP, and what they come to. */
final class ExportHandler {
    /** Which position of the log the file tells of: {@code partition:offset}, the offset being the first left out. */
    static final String LOG_POSITION = "Dibs-Log-Position";

    private static final Logger log = LoggerFactory.getLogger(ExportHandler.class);
    /** RFC 4180, section 3. As text: a map of its parameters would come out in another order each time. */
    private static final String CSV = "text/csv;charset=utf-8;header=present";

    private static final String CSV_REST = "text/csv;charset=utf-8;header=absent";

    private final ResultsExport export;
    private final Catalogue catalogue;
    private final LedgerView ledger;

    ExportHandler(ResultsExport export, Catalogue catalogue, LedgerView ledger) {
        this.export = export;
        this.catalogue = catalogue;
        this.ledger = ledger;
    }

    private interface Writer {
        Mono<ServerResponse> answer(ActivityId activityId, Ready.Reached reached, ExportRequest wanted);
    }

    Mono<ServerResponse> results(ServerRequest request) {
        boolean gzip = AcceptedEncoding.isGzip(request.headers().header(HttpHeaders.ACCEPT_ENCODING));
        return ready(request, (activityId, reached, wanted) -> stream(activityId, reached, wanted, gzip));
    }

    Mono<ServerResponse> manifest(ServerRequest request) {
        return ready(
                request,
                (activityId, reached, wanted) -> export.manifest(activityId, reached, wanted)
                        .onErrorMap(OutdatedProjectionException.class, ExportHandler::outdated)
                        .flatMap(manifest -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .header(LOG_POSITION, reached.position().toString())
                                .bodyValue(ExportManifestCodec.encode(manifest))));
    }

    private Mono<ServerResponse> ready(ServerRequest request, Writer writer) {
        ActivityId activityId = known(request.pathVariable("id"));
        if (activityId == null) {
            return ExportProblems.noSuchActivity(request.pathVariable("id"), catalogue)
                    .toResponse();
        }
        boolean mayHaveCodes = RequireRole.principal(request).has(Role.OPERATOR);
        ExportRequest wanted = ExportParameters.of(
                request.queryParams(), mayHaveCodes ? ExportColumn.DEFAULT : ExportColumn.WITHOUT_CODE);
        if (wanted.withCodes() && !mayHaveCodes) {
            return ExportProblems.codesAreForOperators().toResponse();
        }
        if (!ledger.isCaughtUp()) {
            return Problem.unavailable("still-reading", "This instance is still reading the log; try again in a moment")
                    .toResponse();
        }
        return export.ready(activityId, wanted.position(), wanted.atMost()).flatMap(ready -> {
            if (ready instanceof Ready.Reached reached) {
                return writer.answer(activityId, reached, wanted);
            }
            return ready instanceof Ready.NoSuchPosition none
                    ? ExportProblems.noSuchPosition(activityId, none).toResponse()
                    : ExportProblems.tooFarBehind((Ready.TooFarBehind) ready).toResponse();
        });
    }

    private Mono<ServerResponse> stream(
            ActivityId activityId, Ready.Reached reached, ExportRequest wanted, boolean gzip) {
        Flux<byte[]> parts = export.csv(activityId, reached, wanted)
                .map(ResultsExport.Part::bytes)
                // The server then breaks the connection off: a file that ends early must not look like a whole one.
                .doOnError(error -> log.error(
                        "An export broke off; activityId={} partition={} offset={} error={}",
                        activityId,
                        reached.position().partition(),
                        reached.position().offset(),
                        error.toString()));
        ServerResponse.BodyBuilder response = ServerResponse.ok()
                .header(HttpHeaders.CONTENT_TYPE, wanted.after() == null ? CSV : CSV_REST)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(activityId.value() + "-results.csv", StandardCharsets.US_ASCII)
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header("X-Content-Type-Options", "nosniff")
                .header(LOG_POSITION, reached.position().toString());
        if (gzip) {
            response.header(HttpHeaders.CONTENT_ENCODING, AcceptedEncoding.GZIP);
        }
        Flux<byte[]> body = gzip ? Gzip.of(parts) : parts;
        return response.body((message, context) -> message.writeWith(buffers(body, message.bufferFactory())));
    }

    private static Flux<DataBuffer> buffers(Flux<byte[]> parts, DataBufferFactory factory) {
        return parts.map(factory::wrap);
    }

    private static ProblemException outdated(OutdatedProjectionException error) {
        log.error("A manifest cannot be made; error={}", error.getMessage());
        return new ProblemException(ExportProblems.outdated());
    }

    private ActivityId known(String id) {
        try {
            ActivityId activityId = new ActivityId(id);
            return catalogue.find(activityId) == null ? null : activityId;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
