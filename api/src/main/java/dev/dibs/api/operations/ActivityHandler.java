package dev.dibs.api.operations;

import dev.dibs.activity.Activity;
import dev.dibs.activity.ActivityState;
import dev.dibs.api.catalogue.Catalogue;
import dev.dibs.api.verdict.LedgerView;
import dev.dibs.ids.ActivityId;
import dev.dibs.ledger.ActivityAccount;
import dev.dibs.ledger.MemoryActivityAccount;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Activities over HTTP, for operators. */
final class ActivityHandler {
    private static final int MAX_DOCUMENT_BYTES = 256 * 1024;

    private final ActivityOperations operations;
    private final Catalogue catalogue;
    private final LedgerView ledger;

    ActivityHandler(ActivityOperations operations, Catalogue catalogue, LedgerView ledger) {
        this.operations = operations;
        this.catalogue = catalogue;
        this.ledger = ledger;
    }

    Mono<ServerResponse> create(ServerRequest request) {
        return document(request, ActivityDocument::read, operations::create);
    }

    /** A merge patch (RFC 7396), also as YAML. */
    Mono<ServerResponse> edit(ServerRequest request) {
        IfMatch precondition = IfMatch.of(request);
        return withActivity(
                request,
                activity -> document(
                        request,
                        ActivityChange::read,
                        change -> operations.edit(activity.activityId(), change, precondition)));
    }

    Mono<ServerResponse> extend(ServerRequest request) {
        IfMatch precondition = IfMatch.of(request);
        return withActivity(
                request,
                activity -> document(
                        request,
                        Extension::read,
                        extension -> operations.extend(activity.activityId(), extension, precondition)));
    }

    Mono<ServerResponse> change(ServerRequest request, Change change) {
        IfMatch precondition = IfMatch.of(request);
        return withActivity(
                request,
                activity -> operations
                        .change(activity.activityId(), change, precondition)
                        .flatMap(ActivityHandler::answer));
    }

    /** All activities, by start and then by id. */
    Mono<ServerResponse> list(ServerRequest request) {
        List<Map<String, Object>> list = catalogue.all().stream()
                .sorted(Comparator.comparingLong(Activity::startTime)
                        .thenComparing(activity -> activity.activityId().value()))
                .map(ActivityDocument::render)
                .toList();
        return ok(Map.of("list", list));
    }

    Mono<ServerResponse> get(ServerRequest request) {
        return withActivity(request, activity -> {
            Map<String, Object> json = ActivityDocument.render(activity);
            MemoryActivityAccount account = ledger.account(activity.activityId());
            // The account of an activity that is over may be out of memory: then this is unknown, not zero.
            boolean gone = activity.state() == ActivityState.ENDED || ledger.isReleased(activity.activityId());
            Integer unknown = gone ? null : 0;
            json.put("stock", account == null ? unknown : (Integer) account.stock());
            json.put("granted", account == null ? unknown : (Integer) account.granted());
            json.put("remaining", account == null ? unknown : (Integer) account.remaining());
            boolean opened = account != null && account.epoch() != ActivityAccount.NO_EPOCH;
            json.put("epoch", opened ? account.epoch() : null);
            return tagged(ServerResponse.ok(), activity).bodyValue(json);
        });
    }

    /** Hands the activity that the path names to the route, or answers that there is none. */
    static Mono<ServerResponse> withActivity(
            Catalogue catalogue, ServerRequest request, Function<Activity, Mono<ServerResponse>> route) {
        String id = request.pathVariable("id");
        Activity activity;
        try {
            activity = catalogue.find(new ActivityId(id));
        } catch (IllegalArgumentException e) {
            activity = null;
        }
        return activity == null ? Problem.noSuchActivity(id).toResponse() : route.apply(activity);
    }

    private Mono<ServerResponse> withActivity(ServerRequest request, Function<Activity, Mono<ServerResponse>> route) {
        return withActivity(catalogue, request, route);
    }

    private interface Reader<T> {
        Reading<T> read(byte[] body, DocumentFormat format);
    }

    private static <T> Mono<ServerResponse> document(
            ServerRequest request, Reader<T> reader, Function<T, Mono<Outcome<Activity>>> operation) {
        DocumentFormat format =
                DocumentFormat.of(request.headers().contentType().orElse(null));
        if (format == null) {
            return Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "unknown-format",
                            "Send the document with Content-Type: application/yaml or application/json")
                    .toResponse();
        }
        return body(request)
                .map(body -> reader.read(body, format))
                .flatMap(reading -> reading instanceof Reading.Sound<T> sound
                        ? operation.apply(sound.value())
                        : Mono.just(
                                new Outcome.Refused<Activity>(Problem.faulty(((Reading.Faulty<T>) reading).faults()))))
                .flatMap(ActivityHandler::answer);
    }

    private static Mono<byte[]> body(ServerRequest request) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), MAX_DOCUMENT_BYTES)
                .map(ActivityHandler::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(
                        DataBufferLimitException.class,
                        e -> new ProblemException(Problem.tooLarge("A document", MAX_DOCUMENT_BYTES, "bytes")));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Mono<ServerResponse> answer(Outcome<Activity> outcome) {
        if (outcome instanceof Outcome.Refused<Activity> refused) {
            return refused.problem().toResponse();
        }
        if (outcome instanceof Outcome.Created<Activity> created) {
            Activity activity = created.value();
            return tagged(ServerResponse.created(URI.create("/admin/activities/" + activity.activityId())), activity)
                    .bodyValue(ActivityDocument.render(activity));
        }
        Activity activity = ((Outcome.Done<Activity>) outcome).value();
        return tagged(ServerResponse.ok(), activity).bodyValue(ActivityDocument.render(activity));
    }

    private static ServerResponse.BodyBuilder tagged(ServerResponse.BodyBuilder response, Activity activity) {
        return response.contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .eTag(IfMatch.tagOf(activity));
    }

    static Mono<ServerResponse> ok(Object json) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .bodyValue(json);
    }
}
