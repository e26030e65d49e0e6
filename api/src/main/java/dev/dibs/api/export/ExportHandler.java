package dev.dibs.api.export;

import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.operations.Fault;
import dev.dibs.api.operations.Problem;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Exports over HTTP. */
final class ExportHandler {
    /** Which position of the log the file tells of: {@code partition:offset}, the offset being the first left out. */
    static final String LOG_POSITION = "Dibs-Log-Position";

    private static final Logger log = LoggerFactory.getLogger(ExportHandler.class);
    /** RFC 4180, section 3. As text: a map of its parameters would come out in another order each time. */
    private static final String CSV = "text/csv;charset=utf-8;header=present";

    private static final String WAIT_SECONDS = "waitSeconds";
    private static final int DEFAULT_WAIT = 10;
    private static final int MAX_WAIT = 60;

    private final ResultsExport export;
    private final Catalogue catalogue;
    private final LedgerView ledger;

    ExportHandler(ResultsExport export, Catalogue catalogue, LedgerView ledger) {
        this.export = export;
        this.catalogue = catalogue;
        this.ledger = ledger;
    }

    Mono<ServerResponse> results(ServerRequest request) {
        ActivityId activityId = known(request.pathVariable("id"));
        if (activityId == null) {
            return Problem.noSuchActivity(request.pathVariable("id")).toResponse();
        }
        Integer seconds = waitSeconds(request.queryParam(WAIT_SECONDS).orElse(null));
        if (seconds == null) {
            return Problem.faulty(List.of(new Fault(WAIT_SECONDS, "must be a whole number from 0 to " + MAX_WAIT)))
                    .toResponse();
        }
        if (!ledger.isCaughtUp()) {
            return Problem.unavailable("still-reading", "This instance is still reading the log; try again in a moment")
                    .toResponse();
        }
        return export.ready(activityId, Duration.ofSeconds(seconds))
                .flatMap(ready -> ready instanceof ResultsExport.Ready.Reached reached
                        ? stream(activityId, reached)
                        : tooFarBehind((ResultsExport.Ready.TooFarBehind) ready));
    }

    private Mono<ServerResponse> stream(ActivityId activityId, ResultsExport.Ready.Reached reached) {
        Flux<byte[]> parts = export.csv(activityId, reached)
                // The server then breaks the connection off: a file that ends early must not look like a whole one.
                .doOnError(error -> log.error(
                        "An export broke off; activityId={} partition={} offset={} error={}",
                        activityId,
                        reached.position().partition(),
                        reached.position().offset(),
                        error.toString()));
        return ServerResponse.ok()
                .header(HttpHeaders.CONTENT_TYPE, CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(activityId.value() + "-results.csv", StandardCharsets.US_ASCII)
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header(LOG_POSITION, reached.position().toString())
                .body((response, context) -> response.writeWith(buffers(parts, response.bufferFactory())));
    }

    private static Flux<DataBuffer> buffers(Flux<byte[]> parts, DataBufferFactory factory) {
        return parts.map(factory::wrap);
    }

    private static Mono<ServerResponse> tooFarBehind(ResultsExport.Ready.TooFarBehind behind) {
        LogPosition position = behind.position();
        return Problem.unavailable(
                        "projection-behind",
                        "The results are written up to offset %d of partition %d and the log is at %d; try again"
                                .formatted(behind.projected(), position.partition(), position.offset()))
                .with("partition", position.partition())
                .with("position", position.offset())
                .with("projected", behind.projected())
                .toResponse();
    }

    private ActivityId known(String id) {
        try {
            ActivityId activityId = new ActivityId(id);
            return catalogue.find(activityId) == null ? null : activityId;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Integer waitSeconds(String text) {
        if (text == null) {
            return DEFAULT_WAIT;
        }
        try {
            int seconds = Integer.parseInt(text);
            return seconds >= 0 && seconds <= MAX_WAIT ? seconds : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
